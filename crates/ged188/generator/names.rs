//! Rust names from published names.

/// `ICMCentralControllerTime` to `icm_central_controller_time`.
pub(crate) fn snake(name: &str) -> String {
    let name = name.replace("MRDs", "Mrds").replace("MRDID", "MrdID").replace("ANI_II", "AniIi");
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        let starts_word = letter.is_ascii_uppercase()
            && (before.is_some_and(|b| !b.is_ascii_uppercase())
                || after.is_some_and(|a| a.is_ascii_lowercase()));
        if at > 0 && starts_word {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// `DeviceIDType` to `DeviceIdType`.
pub(crate) fn camel(name: &str) -> String {
    pascal(&snake(name))
}

/// `AGENT_STATE_EVENT` or `agent_state_event` to `AgentStateEvent`.
pub(crate) fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `NumFltSkillGroups` to `FltSkillGroups`, `NumberOfAgents` to `Agents`.
pub(crate) fn counted(counter: &str) -> &str {
    ["NumberOf", "NumOf", "Num"].iter().find_map(|prefix| counter.strip_prefix(prefix)).unwrap_or(counter)
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + &rest.to_lowercase()
}
