//! The words and brackets of a script, and which bracket closes which.
//!
//! Knows no grammar but what is needed to tell a division from a regular expression and to see where an expression
//! ends.

use rustc_hash::FxHashMap;

use crate::source::Span;

/// A script as tokens; comments and blanks are left out.
pub struct Script<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// A text in quotes, or a template without `${`.
    Text,
    /// An operator, a bracket, or a piece of a template, whose `${` and `}` are brackets.
    Sign,
    /// A regular expression.
    Regex,
}

#[derive(Clone, Copy)]
struct Token {
    sort: Sort,
    span: Span,
    begins_line: bool,
    /// Of an opening bracket, the token that closes it; of any other, itself.
    closer: usize,
}

/// Operators of several characters, the longer first.
const LONG_SIGNS: [&str; 22] = [
    "...", "===", "!==", "**=", "??=", "||=", "&&=", "=>", "==", "!=", "<=", ">=", "?.", "??", "||", "&&",
    "++", "--", "+=", "-=", "*=", "**",
];

/// Words after which a value begins.
const BEFORE_VALUE: [&str; 14] = [
    "return",
    "typeof",
    "instanceof",
    "in",
    "of",
    "new",
    "delete",
    "void",
    "throw",
    "case",
    "do",
    "else",
    "yield",
    "await",
];

impl<'t> Script<'t> {
    /// Reads a text, whatever it is.
    #[must_use]
    pub fn new(text: &'t str) -> Script<'t> {
        let mut lexer = Lexer {
            text,
            at: 0,
            tokens: Vec::new(),
            open: Vec::new(),
            counts: [0; 4],
            hopeless: FxHashMap::default(),
        };
        lexer.read();
        Script { text, tokens: lexer.tokens }
    }

    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What is written at a token; nothing past the end.
    #[must_use]
    pub fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// What a token is.
    #[must_use]
    pub fn sort(&self, at: usize) -> Option<Sort> {
        self.tokens.get(at).map(|token| token.sort)
    }

    /// Where the tokens `start..end` are written.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        let begin = self.tokens.get(start).map_or(self.text.len(), |token| token.span.range().start);
        let stop = end.checked_sub(1).and_then(|last| self.tokens.get(last));
        Span::new(begin, stop.map_or(begin, |token| token.span.range().end.max(begin)))
    }

    /// The token that closes a bracket; the number of tokens where none does.
    #[must_use]
    pub fn closer(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.len(), |token| token.closer)
    }

    /// The token after this one, or after what this bracket opens.
    #[must_use]
    pub fn next(&self, at: usize) -> usize {
        (self.closer(at) + 1).min(self.len())
    }

    /// The tokens of an expression that are in no bracket.
    pub fn level(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(start), |&at| Some(self.next(at))).take_while(move |&at| at < end)
    }

    /// Where the expression that begins at a token ends: a comma, a closing bracket, or where a line's end stands for
    /// a semicolon.
    #[must_use]
    pub fn end(&self, start: usize) -> usize {
        let mut at = start;
        let mut previous = start;
        while at < self.len() {
            let stops = matches!(self.sort(at), Some(Sort::Sign))
                && (matches!(self.word(at), "," | ";") || closes(self.word(at)).is_some());
            if stops || at > start && self.begins_statement(previous, at) {
                break;
            }
            previous = self.closer(at);
            at = self.next(at);
        }
        at
    }

    fn begins_statement(&self, previous: usize, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        token.begins_line
            && token.sort == Sort::Word
            && !matches!(self.word(at), "as" | "satisfies" | "in" | "of" | "instanceof")
            && self
                .tokens
                .get(previous)
                .is_some_and(|previous| ends_value(previous.sort, previous.span.of(self.text)))
    }
}

/// Whether a value may end with a token, so that neither a regular expression nor, on the same line, a word follows.
fn ends_value(sort: Sort, word: &str) -> bool {
    match sort {
        Sort::Word => !BEFORE_VALUE.contains(&word),
        Sort::Sign => matches!(word, ")" | "]" | "}" | "++" | "--") || word.ends_with('`'),
        _ => true,
    }
}

/// The kind of bracket that a token opens.
fn opens(word: &str) -> Option<usize> {
    match word {
        "(" => Some(0),
        "[" => Some(1),
        "{" => Some(2),
        _ => word.ends_with("${").then_some(3),
    }
}

/// The kind of bracket that a token closes. In the midst of a template, `}…${` does both.
fn closes(word: &str) -> Option<usize> {
    match word {
        ")" => Some(0),
        "]" => Some(1),
        "}" => Some(2),
        _ => word.starts_with('}').then_some(3),
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    /// The brackets that are not yet closed.
    open: Vec<(usize, usize)>,
    /// How many of each kind are open.
    counts: [usize; 4],
    /// For a quote that nothing closes on its line, the end of the line: it is not looked for again and again.
    hopeless: FxHashMap<char, usize>,
}

impl Lexer<'_> {
    fn read(&mut self) {
        if self.text.starts_with("#!") {
            self.at = self.line_end(0);
        }
        let mut begins_line = true;
        while let Some(c) = self.text[self.at..].chars().next() {
            let start = self.at;
            let rest = &self.text[start..];
            if c.is_whitespace() || c == super::super::BYTE_ORDER_MARK {
                self.at += c.len_utf8();
                begins_line |= matches!(c, '\n' | '\r');
            } else if rest.starts_with("//") {
                self.at = self.line_end(start);
            } else if let Some(comment) = rest.strip_prefix("/*") {
                self.at = comment.find("*/").map_or(self.text.len(), |end| start + end + 4);
                begins_line |= self.text[start..self.at].contains('\n');
            } else {
                let sort = self.token(c);
                self.push(sort, Span::new(start, self.at), begins_line);
                begins_line = false;
            }
        }
        let count = self.tokens.len();
        for (_, opener) in std::mem::take(&mut self.open) {
            self.tokens[opener].closer = count;
        }
    }

    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find(['\n', '\r']).map_or(self.text.len(), |end| from + end)
    }

    /// Takes the token that begins with `c`.
    fn token(&mut self, c: char) -> Sort {
        let rest = &self.text[self.at..];
        let length = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let second = rest[c.len_utf8()..].chars().next();
        match c {
            '0'..='9' => self.take(number_length(rest), Sort::Number),
            '.' if second.is_some_and(|c| c.is_ascii_digit()) => self.take(number_length(rest), Sort::Number),
            c if is_word(c) => self.take(length(is_word), Sort::Word),
            '\'' | '"' => self.quoted(c, Sort::Text, closed_on_line),
            '/' if self.value_may_begin() => self.quoted(c, Sort::Regex, regex_length),
            '`' => self.template(),
            '}' if self.open.last().is_some_and(|&(kind, _)| kind == 3) => {
                self.template();
                Sort::Sign
            }
            _ => {
                let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
                self.take(long.map_or(c.len_utf8(), |sign| sign.len()), Sort::Sign)
            }
        }
    }

    fn take(&mut self, length: usize, sort: Sort) -> Sort {
        self.at += length;
        sort
    }

    fn quoted(&mut self, quote: char, sort: Sort, length: fn(&str) -> Option<usize>) -> Sort {
        if self.hopeless.get(&quote).is_some_and(|&end| self.at < end) {
            return self.take(1, Sort::Sign);
        }
        match length(&self.text[self.at..]) {
            Some(length) => self.take(length, sort),
            None => {
                self.hopeless.insert(quote, self.line_end(self.at));
                self.take(1, Sort::Sign)
            }
        }
    }

    fn value_may_begin(&self) -> bool {
        self.tokens.last().is_none_or(|last| {
            let word = last.span.of(self.text);
            // `</div>` is no comparison with a regular expression.
            word != "<" && !ends_value(last.sort, word)
        })
    }

    /// Takes a piece of a template: from its quote or the `}` of a substitution up to its quote or the next `${`.
    fn template(&mut self) -> Sort {
        let body = &self.text[self.at + 1..];
        let mut from = 0;
        while let Some(at) = body[from..].find(['\\', '`', '$']).map(|at| from + at) {
            match &body[at..] {
                rest if rest.starts_with('`') => return self.take(at + 2, Sort::Text),
                rest if rest.starts_with("${") => return self.take(at + 3, Sort::Sign),
                rest if rest.starts_with('\\') => {
                    from = at + 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                }
                _ => from = at + 1,
            }
        }
        self.at = self.text.len();
        Sort::Sign
    }

    fn push(&mut self, sort: Sort, span: Span, begins_line: bool) {
        let at = self.tokens.len();
        self.tokens.push(Token { sort, span, begins_line, closer: at });
        let word = span.of(self.text);
        if sort != Sort::Sign {
            return;
        }
        if let Some(kind) = closes(word)
            && self.counts[kind] > 0
        {
            // What was left open inside ends here as well.
            while let Some((closed, opener)) = self.open.pop() {
                self.counts[closed] -= 1;
                self.tokens[opener].closer = at;
                if closed == kind {
                    break;
                }
            }
        }
        if let Some(kind) = opens(word) {
            self.counts[kind] += 1;
            self.open.push((kind, at));
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '\u{200c}' | '\u{200d}')
}

fn number_length(text: &str) -> usize {
    let is_decimal = !text.starts_with("0x") && !text.starts_with("0X");
    let mut previous = '0';
    let ends = |c: char| {
        let is_sign = matches!(c, '+' | '-') && is_decimal && matches!(previous, 'e' | 'E');
        previous = c;
        !(is_sign || c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
    };
    text.find(ends).unwrap_or(text.len())
}

/// The length of a text in quotes, if it ends before an unescaped line end.
fn closed_on_line(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next()?;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn regex_length(text: &str) -> Option<usize> {
    let mut in_class = false;
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '\n' | '\r' => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = text[at + 1..].find(|c: char| !c.is_ascii_alphabetic());
                return Some(flags.map_or(text.len(), |flags| at + 1 + flags));
            }
            _ => {}
        }
    }
    None
}
