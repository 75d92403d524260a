//! The JSON Schema of `waypost.toml`, for editors that complete it.
//!
//! Owns the schema's form. What changes with the program is filled in: rules with their options, dialects, presets.

use serde_json::{Map, Value, json};

use super::preset_names;
use crate::dialect;
use crate::finding::Level;
use crate::rules::{OptionKind, Options, RULES, Rule, RuleOption};

/// What does not change with rules, dialects and presets; `cell` is what columns and conditions share.
const FORM: &str = include_str!("schema.json");

/// The schema, as JSON.
#[must_use]
pub fn schema() -> String {
    let mut schema: Value = serde_json::from_str(FORM).unwrap_or_default();
    let definitions = &mut schema["definitions"];
    let cell = definitions["cell"].take();
    for holder in ["column", "test"] {
        add(&mut definitions[holder]["properties"], &cell);
    }
    definitions.as_object_mut().map(|definitions| definitions.remove("cell"));
    definitions["dialect"]["enum"] = dialect::names().collect();
    definitions["preset"]["anyOf"][0]["enum"] = preset_names().collect();
    let rules: Map<String, Value> = RULES.iter().map(|rule| (rule.id.to_owned(), of_rule(rule))).collect();
    definitions["rules"]["properties"] = rules.into();
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

fn add(properties: &mut Value, further: &Value) {
    if let (Some(properties), Some(further)) = (properties.as_object_mut(), further.as_object()) {
        properties.extend(further.clone());
    }
}

fn of_rule(rule: &Rule) -> Value {
    let mut properties = Map::new();
    properties.insert("level".to_owned(), json!({ "$ref": "#/definitions/setting" }));
    let mut options = Options::new(Vec::new());
    // Without options a rule is always built; what it asks for meanwhile is what it knows.
    drop((rule.build)(&mut options));
    properties.extend(options.known().map(|option| (option.name.to_owned(), of_option(option))));
    let default = rule.level.map_or("off", Level::as_str);
    json!({
        "description": format!("{} (default: {default}, where no dialect says otherwise)", rule.summary),
        "anyOf": [
            { "$ref": "#/definitions/setting" },
            { "type": "object", "additionalProperties": false, "properties": properties },
        ],
    })
}

fn of_option(option: &RuleOption) -> Value {
    let mut schema = match option.kind {
        OptionKind::Strings(default) => {
            json!({ "type": "array", "items": { "type": "string" }, "default": default })
        }
        OptionKind::Regexes => json!({ "type": "array", "items": { "type": "string" }, "default": [] }),
        OptionKind::Number { least, most, default } => {
            json!({ "type": "integer", "minimum": least, "maximum": most, "default": default })
        }
    };
    schema["description"] = option.summary.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::places;

    fn keys(definition: &Value) -> Vec<&str> {
        let properties = definition["properties"].as_object().unwrap();
        properties.keys().map(String::as_str).collect()
    }

    #[test]
    fn it_knows_each_key_of_each_table_and_no_other() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let contract = &schema["definitions"]["contract"]["properties"];
        let of = |name: &str| &schema["definitions"][name];
        for (definition, tables) in [
            (&schema, &[places::TOP, &["dialects", "presets"]][..]),
            (&schema["properties"]["links"], &[places::LINKS]),
            (&schema["properties"]["learn"], &[places::LEARN]),
            (&schema["properties"]["overrides"]["items"], &[places::OVERRIDE, &["dialects"]]),
            (of("contract"), &[places::TABLE]),
            (of("column"), &[places::COLUMN, places::CELL]),
            (of("test"), &[places::TEST, places::CELL]),
            (&contract["when"]["items"], &[places::WHEN]),
            (&contract["count"]["items"], &[places::COUNT]),
            (&of("link")["anyOf"][1], &[places::LINK]),
            (of("references"), &[places::REFERENCE]),
            (&of("term")["anyOf"][1], &[places::TERM]),
        ] {
            let mut expected: Vec<&str> = tables.iter().copied().flatten().copied().collect();
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(keys(definition), expected);
        }
    }
}
