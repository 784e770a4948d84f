/** Every sentence of the page in English; `ja.ts` has the same keys, or it does not compile. */

import type { Reason } from "../failover/types.js";
import type { SignInFailure } from "../desk/sign-in.js";
import { supervisor } from "./team/en.js";

const reasons: Record<Reason, string> = {
  out_of_service: "it is out of service",
  transport_lost: "its connection was lost",
  finesse_unavailable: "its agent service is not available",
  silent: "it does not answer",
  no_transport: "it takes no connection",
  unread: "your data cannot be read from it",
  conflict: "another desktop took over",
  signed_out: "you signed out",
};

const signInFailures: Record<SignInFailure["cause"], string> = {
  wrong_password: "Invalid user ID or password",
  not_checked: "Invalid user ID or password",
  unknown_user: "There is no such user.",
  out_of_service: "This server is out of service. Try again in a moment, or use the other server.",
  silent: "This server does not answer.",
  no_notifications: "The notification service of this server takes no connection.",
  no_data: "Your data could not be read. Try again.",
  no_outcome: "The telephone system has not answered. Try again.",
  device: "This extension is not a telephone that you may use.",
  device_busy: "This extension is used by another agent.",
  extension: "The extension is not valid.",
  mode: "You may not use a telephone outside the site in this way.",
  refused: "The sign-in was refused.",
};

const states: Record<string, string> = {
  LOGOUT: "Signed out",
  LOGIN: "Signed in",
  NOT_READY: "Not ready",
  READY: "Ready",
  RESERVED: "Reserved",
  RESERVED_OUTBOUND: "Reserved (outbound)",
  RESERVED_OUTBOUND_PREVIEW: "Reserved (preview)",
  TALKING: "Talking",
  HOLD: "On hold",
  WORK: "Wrap-up",
  WORK_READY: "Wrap-up",
  UNKNOWN: "Unknown",
};

/** As the server writes them (mapping.md section 2.5). */
const systemReasons: Record<string, string> = {};

const callStates: Record<string, string> = {
  INITIATING: "Off-hook",
  INITIATED: "Dialing",
  ALERTING: "Ringing",
  ACTIVE: "Connected",
  HELD: "On hold",
  FAILED: "Failed",
  DROPPED: "Left",
  WRAP_UP: "Wrap-up",
  ACCEPTED: "Accepted",
};

const actions: Record<string, string> = {
  READY: "Ready",
  NOT_READY: "Not ready",
  LOGOUT: "Sign out",
  MAKE_CALL: "Call",
  ANSWER: "Answer",
  HOLD: "Hold",
  RETRIEVE: "Retrieve",
  DROP: "End",
  TRANSFER: "Transfer",
  CONFERENCE: "Conference",
  CONSULT_CALL: "Consult",
  TRANSFER_SST: "Direct transfer",
  SEND_DTMF: "Keypad",
  UPDATE_CALL_DATA: "Wrap-up reason",
  ACCEPT: "Accept",
  REJECT: "Skip",
  CLOSE: "Close",
  RECLASSIFY: "Classification",
  UPDATE_SCHEDULED_CALLBACK: "Callback",
  CANCEL_SCHEDULED_CALLBACK: "Cancel the callback",
  SILENT_MONITOR: "Monitor",
  BARGE_CALL: "Barge in",
  PARTICIPANT_DROP: "Take off the call",
};

const causes: Record<string, string> = {
  silent: "The server does not answer.",
  "Service Unavailable": "The server is out of service.",
  "Invalid State": "Not possible in your state.",
  "Invalid Destination": "This number cannot be reached from here.",
  "Call Operation Failure": "The telephone system could not do it.",
  "Generic Error": "Not possible at this moment of the call.",
  "Invalid Input": "The server does not accept what was entered.",
  "Device Busy": "The telephone is busy.",
  "Dialog Not Found": "The call has ended.",
  "Not Found": "The call has ended.",
  "User Not Found": "There is no such agent.",
  "Invalid Supervisor": "This agent is not in a team of yours.",
};

/** Who or what has answered (rest-api.md section 6.5). */
const classifications: Record<string, string> = {
  VOICE: "A person",
  ANSWERING_MACHINE: "Answering machine",
  FAX: "Fax or modem",
  INVALID: "Number not in service",
};

/** Variables of campaigns by name. */
const campaign: Record<string, string> = {
  BABuddyName: "Customer",
  BAAccountNumber: "Account",
  BACustomerNumber: "Customer's number",
  BACampaign: "Campaign",
  BATimeZone: "Time zone",
};

/** Ways in which an agent outside the site uses the telephone. */
const mobileModes: Record<string, string> = {
  CALL_BY_CALL: "Rings for each call",
  NAILED_CONNECTION: "Stays connected all the time",
};

/** Where a cause means something else for an action than for others. */
const causesOf: Record<string, Record<string, string>> = {
  SILENT_MONITOR: {
    "Invalid State": "You must be Not ready, and the agent must be talking.",
    "Invalid Destination": "The agent has no call that can be monitored.",
    "Invalid Input": "The agent has no call that can be monitored.",
    "13145": "The agent is not talking at the moment.",
  },
  BARGE_CALL: {
    "Invalid State": "The call has changed meanwhile.",
    "Invalid Destination": "The agent has the call on hold.",
    "20700": "The telephone system has no room for another participant.",
    "20999": "The agent does not lead this conference, or another one is being set up.",
  },
  PARTICIPANT_DROP: {
    "Invalid Destination": "This is not the telephone of an agent on this call.",
  },
};

/** Why the desktop has not done what a workflow of the site asked for. */
const workflowCauses: Record<string, string> = {
  workflow_page: "Your browser has not opened its page. Allow pop-ups for this address, or open it here:",
  workflow_address: "Its address cannot be used.",
  workflow_origin: "Requests to its server are not allowed here.",
  workflow_unknown: "This desktop does not know what it is.",
  workflow_silent: "Its server does not answer, or takes no requests from this desktop.",
  workflow_answer: "Its server has refused the request.",
};

export const en = {
  language: "English",
  locale: "en",
  product: "Holdfast",
  desktop: "Agent desktop",
  signIn: "Sign in",
  signingIn: "Signing in…",
  user: "Agent ID or login name",
  password: "Password",
  extension: "Extension",
  languageLabel: "Language",
  otherServer: (host: string) => `Use the other server, ${host}`,
  signedOut: "You are signed out.",
  conflict: "You were signed in on another desktop. This one is closed.",
  signInFailures,
  state: "State",
  states,
  systemReasons,
  stateNow: (state: string, reason: string) => (reason ? `${state}: ${reason}` : state),
  pending: (state: string) => `After the call: ${state}`,
  ready: "Ready",
  notReady: "Not ready",
  signOut: "Sign out",
  signOutOnlyNotReady: "Go Not ready first to sign out.",
  chooseReason: "Choose a reason",
  team: "Team",
  server: "Server",
  primary: "primary",
  secondary: "secondary",
  calls: "Calls",
  noCalls: "No calls.",
  noCallsReady: "No calls. The next one comes to you.",
  noCallsNotReady: "No calls. Go Ready to receive them.",
  makeCall: "Make a call",
  number: "Number",
  call: "Call",
  callStates,
  callFrom: (number: string) => `From ${number}`,
  callTo: (number: string) => `To ${number}`,
  incomingFrom: (from: string) => (from ? `Call from ${from}` : "Call from an unknown number"),
  previewOf: (who: string) => `Customer to be called: ${who}`,
  preview: "Preview",
  previewHelp: "Accept has the customer called now. Skip leaves him for later, Close takes him off the list.",
  previewAccepted: "The customer is being called.",
  classifications,
  classification: "Answered by",
  campaign,
  callback: "Callback",
  callbackAt: (time: string, number: string) => [`Callback: ${time}`, number && `at ${number}`].filter(Boolean).join(" "),
  callbackTime: "Date and time",
  callbackNumber: "Number",
  schedule: "Schedule",
  mobile: "Telephone outside the site",
  mobileMode: "The telephone",
  mobileModes,
  mobileNumber: "Its number",
  mobileAnswer: "Your telephone rings now: answer it to sign in.",
  you: "You",
  parties: "Participants",
  takeOff: "Take off",
  takeOffOf: (number: string) => `Take ${number} off the call`,
  data: "Call data",
  actions,
  numberFor: "Consult or transfer to",
  phoneBook: "Phone book",
  history: "My calls today",
  noHistory: "No calls yet today.",
  callBack: "Call back",
  callBackTo: (number: string) => `Call back: ${number}`,
  goesOn: "under way",
  ringing: "ringing",
  dialing: "dialing",
  noAnswer: "no answer",
  missed: "missed",
  allOf: (count: number) => `Show all ${count}`,
  fewer: "Show fewer",
  keypad: "Keypad",
  key: (key: string) => `Key ${key}`,
  wrapUpReason: "Wrap-up reason",
  none: "None",
  rebuilding: "The telephone system contradicts itself about this call. It is being read again.",
  notCurrent: "Not current",
  consultation: "Consultation",
  queues: "Queues",
  noQueues: "No queues.",
  queue: "Queue",
  waiting: "Waiting",
  longest: "Longest",
  agentsReady: "Ready",
  agentsTalking: "Talking",
  agentsNotReady: "Not ready",
  unknown: "unknown",
  notices: "Notices",
  refused: (what: string, cause: string) => `${what} was refused. ${cause}`,
  refusedFor: (whom: string, what: string, cause: string) => `${whom}: ${what} was refused. ${cause}`,
  noOutcome: (what: string) => `${what}: the outcome is not known. Check whether it was done before you ask for it again.`,
  request: "The request",
  timedOut: "Operation timed out",
  notChecked: (time: string) => `Your password was not checked: no user database has been reachable since ${time}. What you typed may well be right; try again in a moment.`,
  causes,
  causesOf,
  workflowCauses,
  ofWorkflow: (action: string, cause: string) => `Workflow “${action}”: ${cause}`,
  openPage: (host: string) => `Open ${host}`,
  dismiss: "Dismiss",
  reasons,
  banner: {
    lost: (host: string) => `The connection to the server ${host} is lost. Trying to connect again.`,
    checking: (host: string) => `Checking whether the server ${host} is back.`,
    waiting: (host: string) => `Waiting for the server ${host}.`,
    both_down: () => `Neither server is available. Your telephone works on; this page returns by itself.`,
    moving: (host: string) => `Moving to the server ${host}.`,
    sign_in_failed: (host: string) => `The sign-in on the server ${host} failed.`,
    sign_in_refused: (host: string) =>
      `The server ${host} does not accept your sign-in. If your password has changed, load this page again and sign in.`,
    reading: (host: string) => `Connected to the server ${host}. Reading your data.`,
    reconnected: (host: string) => `Connected to the server ${host} again.`,
    moved: (host: string) => `You are signed in on the server ${host} now.`,
    ended: () => `The desktop is closed.`,
  },
  stranded: "Do not load this page again: it came from the server that was left. When you have no call, sign in at",
  otherUnreached: (host: string) => `This browser does not reach the other server, ${host}. If this one fails, you cannot be moved there.`,
  otherCertificate:
    "If it is running, its certificate has not been accepted yet. Open each of these addresses, accept the certificate and come back; this note then goes away.",
  because: (reason: string) => `Reason: ${reason}.`,
  before: (host: string, reason: string) => `Reason: ${host}, ${reason}.`,
  nextIn: (seconds: number) => (seconds ? `Next try in ${seconds} s.` : "Next try now."),
  movesIn: (seconds: number) => (seconds ? `It begins in ${seconds} s.` : "It begins now."),
  tryingNow: "Trying now.",
  supervisor,
};

export type Texts = typeof en;
