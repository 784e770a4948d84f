//! dev
fn main() {
    let args: Vec<u64> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    for seed in args[0]..=args[1] {
        let keep = if args.len() > 2 { sim::recorder::Keep::Lines } else { sim::recorder::Keep::Fingerprint };
        let w = sim::campaign::one(seed, keep);
        let lines: Vec<&str> = w.recording.lines().collect();
        let n = args.get(2).copied().unwrap_or(0) as usize;
        for l in &lines[lines.len().saturating_sub(n)..] {
            println!("{}", &l.chars().take(400).collect::<String>());
        }
        println!(
            "seed {} recoveries {} {:?}",
            w.seed,
            w.recoveries,
            w.broken.map(|b| b.chars().take(900).collect::<String>())
        );
    }
}
