//! The static part of a configuration that is a JavaScript or TypeScript program: what it exports, as far as that is
//! written as literals.
//!
//! Runs nothing. Finds the exported object; `literal` reads it, `names` says what names in
//! it stand for, `tokens` where things end.

use super::{DEEPEST, Fault, Kind, Reading, Value};
use crate::source::Span;

use literal::Reader;
use tokens::{Script, Sort};

mod literal;
mod names;
mod tokens;

/// Reads what a script exports; what only running it would show is unknown.
///
/// # Errors
///
/// Where the script exports no object or list that stands in it.
pub fn parse(text: &str) -> Reading {
    let script = Script::new(text);
    let mut exporter = Exporter { reader: Reader::new(&script), script: &script };
    exporter.reader.names.bind(0, script.len());
    match exporter.exports().into_iter().find_map(|at| exporter.exported(at, 0)) {
        Some(value) => Ok((value, Vec::new())),
        None => Err(Fault {
            span: Span::at(0),
            message: "no configuration object that can be read without running the file".to_owned(),
        }),
    }
}

struct Exporter<'t> {
    script: &'t Script<'t>,
    reader: Reader<'t>,
}

impl Exporter<'_> {
    /// Where the values begin that the script exports.
    fn exports(&self) -> Vec<usize> {
        const WAYS: [&[&str]; 4] = [
            &["export", "default"],
            &["module", ".", "exports", "="],
            &["exports", ".", "default", "="],
            &["export", "="],
        ];
        let script = self.script;
        let mut exports = Vec::new();
        let mut at = 0;
        while at < script.len() {
            let is_here = |way: &&&[&str]| {
                way.iter().enumerate().all(|(offset, word)| script.word(at + offset) == *word)
            };
            if let Some(way) = WAYS.iter().find(is_here) {
                exports.push(at + way.len());
            }
            at = script.next(at);
        }
        exports
    }

    /// The object or list that an exported expression is, or that a function returns, or that a call is given.
    fn exported(&mut self, at: usize, depth: usize) -> Option<Value> {
        let script = self.script;
        if depth >= DEEPEST {
            return None;
        }
        let end = script.end(at);
        let deeper = depth + 1;
        match script.word(at) {
            "await" | "async" if script.word(at + 1) != "=>" => return self.exported(at + 1, deeper),
            "function" => {
                let body = script.level(at, end).find(|&at| script.word(at) == "{")?;
                return self.returned(body, deeper);
            }
            _ => {}
        }
        if let Some(arrow) = script.level(at, end).find(|&at| script.word(at) == "=>") {
            return match script.word(arrow + 1) {
                "{" => self.returned(arrow + 1, deeper),
                _ => self.exported(arrow + 1, deeper),
            };
        }
        match (script.sort(at)?, script.word(at)) {
            (Sort::Sign, "{" | "[") => {
                let value = self.reader.value(at);
                matches!(value.kind, Kind::Object(_) | Kind::Array(_)).then_some(value)
            }
            (Sort::Sign, "(") => self.exported(at + 1, deeper),
            (Sort::Word, name) => {
                let calls: Vec<usize> = script.level(at, end).filter(|&at| script.word(at) == "(").collect();
                let is_alone = matches!(script.word(at + 1), "as" | "satisfies") || at + 1 == end;
                if calls.is_empty() && is_alone {
                    let bound = self.reader.names.follow(name)?;
                    let value = self.exported(bound, deeper)?;
                    return Some(self.reader.names.changed(name, value));
                }
                calls.into_iter().find_map(|call| self.argument(call, deeper))
            }
            _ => None,
        }
    }

    /// The first object that a call is given.
    fn argument(&mut self, open: usize, depth: usize) -> Option<Value> {
        let script = self.script;
        let mut at = open + 1;
        while at < script.closer(open) {
            let found = self.exported(at, depth);
            if found.as_ref().is_some_and(|value| matches!(value.kind, Kind::Object(_))) {
                return found;
            }
            at = script.end(at) + 1;
        }
        None
    }

    /// What the last `return` of a function's body gives.
    fn returned(&mut self, body: usize, depth: usize) -> Option<Value> {
        let script = self.script;
        let close = script.closer(body);
        let last = script.level(body + 1, close).filter(|&at| script.word(at) == "return").last()?;
        self.reader.names.bind(body + 1, close);
        self.exported(last + 1, depth)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{scalars_as_written, survives_every_truncation};
    use super::*;

    const DOCUSAURUS: &str = r#"#!/usr/bin/env node
// @ts-check
import {themes as prismThemes} from 'prism-react-renderer';
import type {Config} from '@docusaurus/types';
const path = require('path'), isDev = process.env.NODE_ENV === 'development';
const base = '/docs' + "/é/";
const shared = { editUrl: 'https://x/' /* where */, 'sidebarPath': require.resolve('./sidebars.js') };
const locales: Record<string, string[]> = { all: ["en", `de`] };
let version = '1';
version = '2';

/** @type {import('@docusaurus/types').Config} */
const config: Config = {
  title: 'It\'s \u{1F600} \x41\n',
  url: process.env.URL ?? 'https://x', tagline: `a ${ {b: `}${1}`} } c`,
  baseUrl: base,
  trailingSlash: false, // a comment, with 'quotes
  onBrokenLinks: ("warn"),
  version,
  i18n: { defaultLocale: 'en', ...locales, locales: [...locales.all, 'fr', ...others] },
  ...unknownThings,
  presets: [
    ['classic', /** @type {import('x').Options} */ ({
      docs: { routeBasePath: '/', ...shared, remarkPlugins: [[npm2yarn, {sync: true}], math] },
      blog: false as const,
      pages: { exclude: ['**/_*.{js,jsx}'], re: /[/'"]\/,/gi, half: a / b / 'c' },
    }) satisfies Preset.Options],
  ],
  async onReady(x, y) { return {a: 1, b: [2]}; },
  get now() { return 1 },
  icon: <div className="x">Don't, </div>,
  cb: (a, b) => ({ a, b }),
  [computed]: 1, 12: -1.5e3, 'quoted-key': null,
  themeConfig: { size: 0x1F, max: 1_000, none: undefined, items: [1, , {label: "L"},] } as ThemeConfig
  announcement: 'no comma before'
};

export default config;
"#;

    const VITEPRESS: &str = r#"import { defineConfig } from 'vitepress'
import { withMermaid } from 'vitepress-plugin-mermaid'

const nav = [{ text: 'Guide', link: '/guide/' }]
export default withMermaid(defineConfig<Theme>({
  title: "Café",
  srcDir: './src',
  rewrites: { 'packages/:pkg/(.*)': ':pkg/(.*)' },
  themeConfig: { nav, sidebar: sidebar() },
  cleanUrls: true,
}))

function sidebar() {
  return [{ text: 'x' }]
}
"#;

    fn read(text: &str) -> Value {
        parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")).0
    }

    fn string<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
        value.at(path).and_then(Value::as_str)
    }

    #[test]
    fn a_configuration_is_read_as_far_as_it_is_literal() {
        for text in [DOCUSAURUS.to_owned(), DOCUSAURUS.replace('\n', "\r\n"), format!("\u{feff}{DOCUSAURUS}")]
        {
            let config = read(&text);
            assert_eq!(string(&config, &["title"]), Some("It's \u{1F600} A\n"));
            assert_eq!(string(&config, &["baseUrl"]), Some("/docs/é/"));
            assert_eq!(string(&config, &["onBrokenLinks"]), Some("warn"));
            assert_eq!(config.get("trailingSlash").and_then(Value::as_bool), Some(false));
            assert_eq!(string(&config, &["announcement"]), Some("no comma before"));
            for key in ["url", "tagline", "version", "...", "onReady", "now", "icon", "cb"] {
                assert!(config.get(key).is_some_and(Value::is_unknown), "{key}: {:?}", config.get(key));
            }
            let keys: Vec<&str> = config.members().iter().map(|member| &*member.key.value).collect();
            assert_eq!(
                keys.join(" "),
                "title url tagline baseUrl trailingSlash onBrokenLinks version i18n ... presets onReady now icon cb \
                 12 quoted-key themeConfig announcement"
            );
            let locales = config.at(&["i18n", "locales"]).expect("locales");
            assert_eq!(locales.strings().map(|(text, _)| text).collect::<Vec<_>>(), ["en", "de", "fr"]);
            let preset = config.at(&["presets"]).and_then(Value::as_array).expect("presets")[0].clone();
            let options = &preset.as_array().expect("a preset")[1];
            assert_eq!(string(options, &["docs", "editUrl"]), Some("https://x/"));
            assert!(options.at(&["docs", "sidebarPath"]).is_some_and(Value::is_unknown));
            assert_eq!(options.get("blog").and_then(Value::as_bool), Some(false));
            assert_eq!(options.at(&["pages", "exclude"]).map(|list| list.strings().count()), Some(1));
            assert_eq!(options.at(&["pages", "half"]).map(|value| value.span.of(&text)), Some("a / b / 'c'"));
            let re = options.at(&["pages", "re"]).map(|value| value.span.of(&text));
            assert_eq!(re, Some(r#"/[/'"]\/,/gi"#));
            assert_eq!(config.get("12").map(|value| &value.kind), Some(&Kind::Number("-1.5e3".into())));
            let theme = config.get("themeConfig").expect("a theme");
            assert_eq!(scalars_as_written(theme, &text), ["0x1F", "1_000", "undefined", "1", "\"L\""]);
        }
    }

    #[test]
    fn spans_are_what_is_written() {
        let config = read(VITEPRESS);
        assert_eq!(
            scalars_as_written(&config, VITEPRESS),
            ["\"Café\"", "'./src'", "':pkg/(.*)'", "'Guide'", "'/guide/'", "sidebar()", "true"]
        );
        assert_eq!(config.members()[0].key.span.of(VITEPRESS), "title");
    }

    #[test]
    fn exports_are_found() {
        for text in [
            "module.exports = {a: 'b'}",
            "exports.default = {a: 'b'};",
            "export = {a: 'b'}",
            "module.exports = ({a: 'b'})",
            "export default defineConfig({a: 'b'}) as any",
            "export default () => ({a: 'b'})",
            "export default async ({mode}) => { const x = 'b'; return {a: x} }",
            "export default defineConfig(async () => { await y; return {a: 'b'} })",
            "async function createConfig() { const x = await y; return {a: 'b'} satisfies Config; }\nmodule.exports = createConfig;",
            "module.exports = async function createConfigAsync() {\n  return {\n a: 'b',\n  };\n};",
            "export default async function f(): Promise<Config> { return {a: 'b'} }",
            "const c = defineConfig({a: 'b'})\nexport default c",
            "const c: Config = {a: 'b'}\nmodule.exports = extendConfig(c, plugin())",
            "export default c satisfies T\nvar c = {a: 'b'}",
            "export default {\n  a: 'b'\n} satisfies Config\nfoo()",
            "const x = /}{/, y = `${'{'}`;\nexport default {a: 'b'}",
        ] {
            assert_eq!(string(&read(text), &["a"]), Some("b"), "{text}");
        }
        assert_eq!(read("module.exports = ['a', 'b']").strings().count(), 2);
    }

    #[test]
    fn what_changes_is_unknown() {
        let config = read(
            "let a = {b: 'x', c: ['y'], d: 'z', e: {f: 'g'}}\nif (dev) a.b = 'w'\na.c.push(1)\na.e['f'] = 2\n\
             let base = '/'; base += 'x'\nexport default {a, base, d: a.d, c: a.c}",
        );
        for path in [&["a", "b"][..], &["a", "c"], &["a", "e"], &["base"], &["c"]] {
            assert!(config.at(path).is_some_and(Value::is_unknown), "{path:?}");
        }
        assert_eq!(string(&config, &["a", "d"]), Some("z"));
        assert_eq!(string(&config, &["d"]), Some("z"));
    }

    #[test]
    fn what_must_be_run_is_a_fault() {
        for text in [
            "",
            "foo()",
            "module.exports = require('./x')",
            "export default c.d\nconst c = {}",
            "export default 1",
        ] {
            let fault = parse(text).expect_err("nothing");
            assert_eq!(fault.span, Span::at(0), "{text}");
            assert_eq!(fault.message, "no configuration object that can be read without running the file");
        }
    }

    #[test]
    fn nothing_breaks_it() {
        survives_every_truncation(DOCUSAURUS, parse);
        survives_every_truncation(VITEPRESS, parse);
        let bomb: String = (1..60).map(|n| format!("const a{n} = [a{0}, a{0}]\n", n - 1)).collect();
        let exports = format!("const a0 = 'x'\n{bomb}export default {{a: a59, b: b}}\nconst b = b");
        assert!(parse(&exports).is_ok());
        assert!(parse("const a = f(a, a, a)\nexport default a").is_err());
        for piece in [
            "[",
            "{a:",
            "(",
            "`${",
            "f(",
            "...",
            "[...",
            "()=>",
            "/[",
            "'\\",
            "a+",
            "{",
            "}",
            "`",
            "async ",
            "let x: y\n",
            "const a =",
            "=/",
            "({[",
            "function f(){return ",
        ] {
            let _ = parse(&format!("export default {}", piece.repeat(100_000)));
            let _ = parse(&format!("export default {{a: {}", piece.repeat(100_000)));
        }
    }
}
