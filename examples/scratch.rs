use rayon::prelude::*;
use waypost::parse::parse;
use waypost::source::LineIndex;
fn opts(fm: bool) -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    if fm {
        options.extension.front_matter_delimiter = Some("---".to_owned());
    }
    options
}
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let root = std::env::args().nth(2).unwrap();
    let pages: Vec<_> = ignore::WalkBuilder::new(root)
        .hidden(false)
        .build()
        .filter_map(Result::ok)
        .map(|e| e.into_path())
        .filter(|p| p.extension().is_some_and(|e| e == "md") && p.is_file())
        .collect();
    let texts: Vec<(String, String)> = pages
        .par_iter()
        .map(|p| (p.display().to_string(), String::from_utf8_lossy(&std::fs::read(p).unwrap()).into_owned()))
        .collect();
    match mode.as_str() {
        "time" => {
            let cpu = || {
                let s = std::fs::read_to_string("/proc/self/stat").unwrap();
                let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
                f[11].parse::<u64>().unwrap()
            };
            let mut a = vec![];
            let mut b = vec![];
            let mut l = vec![];
            for _ in 0..7 {
                let t0 = cpu();
                for (_, t) in &texts {
                    let arena = comrak::Arena::new();
                    std::hint::black_box(comrak::parse_document(&arena, t, &opts(true)).first_child());
                }
                let t1 = cpu();
                let idx: Vec<LineIndex> = texts.iter().map(|(_, t)| LineIndex::new(t)).collect();
                let t2 = cpu();
                for ((_, t), i) in texts.iter().zip(&idx) {
                    std::hint::black_box(parse(t, i));
                }
                let t3 = cpu();
                a.push(t1 - t0);
                l.push(t2 - t1);
                b.push(t3 - t2);
            }
            a.sort();
            b.sort();
            l.sort();
            println!("comrak {:?} lines {:?} parse {:?} ratio {:.3}", a, l, b, b[3] as f64 / a[3] as f64);
        }
        "only" => {
            for _ in 0..6 {
                for (_, t) in &texts {
                    std::hint::black_box(parse(t, &LineIndex::new(t)));
                }
            }
        }
        "onlycm" => {
            for _ in 0..6 {
                for (_, t) in &texts {
                    let arena = comrak::Arena::new();
                    std::hint::black_box(comrak::parse_document(&arena, t, &opts(true)).first_child());
                }
            }
        }
        "undef" => {
            for (n, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for u in &f.undefined_references {
                    let l = LineIndex::new(t);
                    let ln = l.line_of(u.span.start as usize);
                    println!("{n}:{}: {} || {}", ln + 1, u.span.of(t), l.line_span(t, ln).of(t));
                }
            }
        }
        "foot" => {
            for (n, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for u in &f.undefined_footnotes {
                    println!("{n}: {}", u.span.of(t));
                }
            }
        }
        "dir" => {
            for (n, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for u in &f.directives {
                    println!("{n}: {:?} {}", u.name, u.span.of(t));
                }
            }
        }
        "kw" => {
            for (_, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for u in &f.links {
                    if let Some(k) = u.keyword {
                        println!("{} {}", k.of(t), u.span.of(t));
                    }
                }
            }
        }
        "html" => {
            for (n, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for u in &f.headings {
                    if u.html {
                        println!("{n}: {:?}", u);
                    }
                }
            }
        }
        "debug" => {
            for (n, t) in &texts {
                println!("{n}: {:#?}", parse(t, &LineIndex::new(t)));
            }
        }
        "count" => {
            let mut c = [0usize; 16];
            for (_, t) in &texts {
                let f = parse(t, &LineIndex::new(t));
                for (i, n) in [
                    f.links.len(),
                    f.references.len(),
                    f.definitions.len(),
                    f.undefined_references.len(),
                    f.undefined_footnotes.len(),
                    f.footnote_definitions,
                    f.headings.len(),
                    f.ids.len(),
                    f.tables.len(),
                    f.cell_tags.len(),
                    f.short_blocks.len(),
                    f.directives.len(),
                    f.definitions.iter().filter(|d| !d.used).count(),
                ]
                .into_iter()
                .enumerate()
                {
                    c[i] += n;
                }
            }
            println!("links refs defs undef undeffoot foot headings ids tables tags short dirs unused {c:?}");
        }
        "slow" => {
            let many = |s: &str, n: usize| s.repeat(n);
            let cases: Vec<(&str, String)> = vec![
                ("nested quotes", many("> ", 10000) + "x"),
                ("brackets", many("[", 10000) + &many("]", 10000)),
                ("brackets 100k", many("[a", 100000)),
                ("open ref", many("[a][", 100000)),
                ("backticks", (1..450).map(|n| "`".repeat(n) + " ").collect::<String>()),
                ("backticks2", many("`a``b```c", 100000)),
                ("30MB line", many("lorem ipsum ", 2500000)),
                ("30MB line one link", many("lorem ipsum ", 2500000) + "[a](b)"),
                ("5000 col", {
                    let r = |s: &str| many(s, 5000) + "|\n";
                    r("| a ") + &r("|---") + &many(&r("| [x](y) "), 20)
                }),
                ("200k links", many("[a](b.md) ", 200000)),
                ("200k images nested", many("[![a](b)](c)", 100000)),
                ("200k refs", many("[a] ", 200000) + "\n\n[a]: /x\n"),
                ("200k defs", (0..50000).map(|n| format!("[l{n}]: /x\n")).collect()),
                ("titles", many("[a](b \"", 50000)),
                ("titles '(", many("[a](b '(", 50000)),
                ("parens", many("[a](b (", 50000)),
                ("tags", many("<a b='", 50000)),
                ("tags2", many("<a b=\"x' ", 50000)),
                ("comments", many("<!-- ", 100000)),
                ("comments dash", "<!--".to_string() + &many("-", 100000) + &many("-->", 30000)),
                ("cdata", many("<![CDATA[", 50000)),
                ("pi", many("a<?", 100000)),
                ("decl", many("a<!x ", 100000)),
                ("quote para", many("> [a](b) `x\n", 100000)),
                ("html block", "<div>\n".to_string() + &many("<a href='x'>\n", 100000)),
                ("html lt", "<div>\n".to_string() + &many("<", 200000)),
                ("emails", "<".to_string() + &many("a", 200000) + &many("<a@", 100000)),
                ("schemes", many("<abcdefghijklmnopqrstuvwxyz:", 50000)),
                ("colons", many(":::a ", 100000)),
                ("colon code", many("`:::` ", 100000)),
                ("entities", "[a](".to_string() + &many("&amp;", 100000) + ")"),
                ("emph", many("*a **b ", 50000)),
                ("srcset", "<img srcset='".to_string() + &many("a 1x,", 100000) + "'>"),
                (
                    "attrs",
                    "<div ".to_string() + &(0..50000).map(|n| format!("a{n}=x ")).collect::<String>() + ">",
                ),
                ("deep list", (0..1000).map(|n| " ".repeat(2 * n) + "- a\n").collect::<String>()),
                ("links mismatch cap", many("[a](x) [b] ", 50000) + "\n\n[b]: " + &many("y", 1000) + "\n"),
                ("heading text", "# ".to_string() + &many("a &amp; \\* ", 50000)),
                ("nested links in img", many("![", 50000) + &many("](x)", 50000)),
                ("undef", many("[a][b] ", 100000)),
                ("gap def titles", many("[a]: b 'x\n", 50000)),
                ("label long", many("[a]: b\n\"", 50000)),
                ("list of empty quotes", many("> [\n", 50000)),
            ];
            for (n, t) in &cases {
                for reps in [1, 2] {
                    let t = if reps == 2 { format!("{t}\n\n{t}") } else { t.clone() };
                    let s = std::time::Instant::now();
                    let c;
                    {
                        let arena = comrak::Arena::new();
                        std::hint::black_box(comrak::parse_document(&arena, &t, &opts(false)).first_child());
                        c = s.elapsed();
                    }
                    let c2 = s.elapsed();
                    let i = LineIndex::new(&t);
                    let s = std::time::Instant::now();
                    let f = parse(&t, &i);
                    let p = s.elapsed();
                    println!(
                        "{n:24} {:>10} bytes comrak {c:>12.1?} (+drop {c2:>10.1?}) parse {p:>12.1?} links {} unverified {}",
                        t.len(),
                        f.links.len(),
                        f.links.iter().filter(|l| !l.target.verified).count()
                    );
                }
            }
        }
        _ => {}
    }
}
