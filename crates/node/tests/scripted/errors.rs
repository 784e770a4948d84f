//! Every error that the table names for agents and supervisors is provoked. Settings have tests of their own.

use std::collections::BTreeSet;

use node::LinkNews;
use node::api::{self, ErrorType, HttpRequest, Route};
use node::failover::fence::Rank;

use crate::matrix::{CALLERS, Caller, at_work, is_setting, lines, path};
use crate::stage::*;
use ErrorType::*;

const USER: &str = "/finesse/api/User/{id}";
const DIALOGS: &str = "/finesse/api/User/{id}/Dialogs";
const DIALOG: &str = "/finesse/api/Dialog/{dialogId}";
const CLIENT_LOG: &str = "/finesse/api/User/{id}/ClientLog";

/// What no request leads to here, and why.
fn is_out_of_reach(route: &Route, error: ErrorType) -> bool {
    match error {
        // A fault of ours.
        InternalServerError => true,
        // Nothing that is configured is stale, and what can be wrong with a read is its parameter.
        FinesseApiError => true,
        BadRequest => route.method == "GET" && !route.parameters.iter().any(|parameter| parameter.required),
        // Whoever signs in is known from then on.
        UserNotFound => route.method == "POST" || route.roles == [api::Role::Own],
        // Everybody may.
        InvalidAuthorizationUserSpecified => route.roles.contains(&api::Role::Agent),
        // The shell reads the body (`server::client_logs`).
        InvalidInput | OperationFailure | ParameterMissing => route.path == CLIENT_LOG,
        // Of the rows for supervisors (`supervise`).
        InvalidState | InvalidSupervisor => route.path == DIALOGS,
        BridgeLimit | NotController => true,
        _ => false,
    }
}

/// A body of somebody who may send one, and what is wrong with it.
const BODIES: &[(Caller, &str, &str, &str)] = &[
    (Caller::Himself, "PUT", USER, "state=READY"),
    (Caller::Himself, "PUT", USER, "<User/>"),
    (Caller::Himself, "PUT", USER, "<User><state>TALKING</state></User>"),
    (Caller::OtherSupervisor, "PUT", USER, "<User><state>READY</state></User>"),
    (Caller::Himself, "POST", DIALOGS, "MAKE_CALL"),
    (Caller::Himself, "POST", DIALOGS, "<Dialog/>"),
    (
        Caller::Himself,
        "POST",
        DIALOGS,
        "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>1</fromAddress><toAddress>2</toAddress></Dialog>",
    ),
    (
        Caller::Himself,
        "POST",
        DIALOGS,
        "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>61002</fromAddress>\
         <toAddress>61002</toAddress></Dialog>",
    ),
    (Caller::Himself, "PUT", DIALOG, "DROP"),
    (Caller::Himself, "PUT", DIALOG, "<Dialog/>"),
    (Caller::Himself, "PUT", DIALOG, "<Dialog><requestedAction>SING</requestedAction></Dialog>"),
    (Caller::Himself, "PUT", DIALOG, "<Dialog><requestedAction>PAUSE</requestedAction></Dialog>"),
    (
        Caller::Himself,
        "PUT",
        DIALOG,
        "<Dialog><requestedAction>TRANSFER_SST</requestedAction><targetMediaAddress>61002</targetMediaAddress>\
         <toAddress>61002</toAddress></Dialog>",
    ),
];

/// What was answered, by line of the table.
type Provoked = BTreeSet<(&'static str, &'static str, ErrorType)>;

fn note(provoked: &mut Provoked, route: &'static Route, stage: &Stage) {
    let kinds = route.errors.iter().chain(route.also);
    provoked.extend(
        kinds.filter(|kind| kind.as_str() == stage.error()).map(|kind| (route.method, route.path, *kind)),
    );
}

fn ask(
    provoked: &mut Provoked,
    route: &'static Route,
    caller: Caller,
    request: HttpRequest,
    stage: &mut Stage,
) {
    stage.reply.clear();
    stage.asked_for(caller, request);
    note(provoked, route, stage);
}

fn line(method: &str, path: &str) -> &'static Route {
    api::routes().find(|route| (route.method, route.path) == (method, path)).unwrap()
}

/// Whatever needs no body: strangers, ids that nobody has, parameters and ranges that are none, no service.
fn without_bodies(provoked: &mut Provoked, route: &'static Route) {
    let page = |path: &str| HttpRequest { method: route.method.into(), ..HttpRequest::page(path) };
    let unknown = path(route).replace("1002", "9999").replace("5001", "9999").replace("/77", "/9999");
    for caller in CALLERS {
        let mut stage = at_work(Rank::Primary);
        for request in [
            page(&path(route)),
            page(&unknown),
            HttpRequest { query: "category=ALL".into(), ..page(&path(route)) },
            HttpRequest { range: Some("objects=0".into()), ..page(&path(route)) },
            HttpRequest { method: "PATCH".into(), ..page(&path(route)) },
        ] {
            ask(provoked, route, caller, request, &mut stage);
        }
    }
    let mut stage = at_work(Rank::Primary);
    stage.link(LinkNews::Closed("reset".into()));
    ask(provoked, route, Caller::Himself, page(&path(route)), &mut stage);
}

fn with_bodies(provoked: &mut Provoked) {
    for (caller, method, pattern, body) in BODIES {
        let route = line(method, pattern);
        let request = HttpRequest {
            method: (*method).into(),
            body: body.as_bytes().to_vec(),
            content_type: Some("application/xml".into()),
            ..HttpRequest::page(&path(route))
        };
        ask(provoked, route, *caller, request, &mut at_work(Rank::Primary));
    }
    // Who is signed out cannot sign out.
    let mut stage = at_work(Rank::Primary);
    stage.state_of("1002", ged188::AgentState::LOGOUT);
    let body = b"<User><state>LOGOUT</state></User>".to_vec();
    let request = HttpRequest { method: "PUT".into(), body, ..HttpRequest::page(&path(line("PUT", USER))) };
    ask(provoked, line("PUT", USER), Caller::Himself, request, &mut stage);
}

#[test]
fn every_documented_error_of_agents_and_supervisors_is_provoked() {
    let mut provoked = Provoked::new();
    let ours: Vec<_> = lines().filter(|route| !is_setting(route)).collect();
    ours.iter().for_each(|route| without_bodies(&mut provoked, route));
    with_bodies(&mut provoked);
    let documented = ours.iter().flat_map(|route| route.errors.iter().map(|error| (*route, *error)));
    let missing: Vec<_> = documented
        .filter(|(route, error)| !is_out_of_reach(route, *error))
        .map(|(route, error)| (route.method, route.path, error))
        .filter(|row| !provoked.contains(row))
        .collect();
    assert!(missing.is_empty(), "never provoked: {missing:#?}");
}
