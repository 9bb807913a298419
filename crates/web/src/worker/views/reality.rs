//! Estimates held against what Docker printed.

use layerwise_analyzer::reality::{CheckedLine, EvidenceKind, RealityCheck, Verdict, check, read};
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::{Timing, describe_duration, describe_time};
use layerwise_analyzer::size::Bytes;

use super::{ViewWish, line};
use crate::format;
use crate::view::{Act, Piece, Tone, View};

/// Under which the pasted text is remembered.
const PASTED: &str = "reality.pasted";

pub(super) fn lay_out(input: &Input, wish: &ViewWish) -> Vec<View> {
    let pasted = wish.setting(PASTED);
    let field = View::Field {
        key: PASTED.into(),
        label: "What Docker says of the real image".into(),
        is_long: true,
        hint: "docker history --no-trunc IMAGE".into(),
    };
    let help = View::Details {
        summary: "What can be pasted".into(),
        children: vec![View::List(
            [
                "docker history IMAGE, as a table with its heading (best with --no-trunc) or with \
                 --format json",
                "docker image inspect IMAGE",
                "the file that dive --json FILE IMAGE writes",
                "the log of docker build --progress=plain, or docker buildx history logs",
            ]
            .map(String::from)
            .into(),
        )],
    };
    if pasted.trim().is_empty() {
        let text = "Paste what Docker printed of an image that was built from this Dockerfile, and \
                    every line is held against it. Nothing leaves this page.";
        return vec![line(text), field, help];
    }
    match read(pasted) {
        Err(message) => vec![field, View::Line(vec![Piece::toned(Tone::Bad, message)]), help],
        Ok(measured) => {
            let mut views = vec![field];
            let timing = Timing { by_instruction: wish.times.clone(), ..Timing::default() };
            views.extend(checked(&check(input, &measured, &timing)));
            views.push(help);
            views
        }
    }
}

fn checked(check: &RealityCheck) -> Vec<View> {
    let mut views = Vec::new();
    let mut rows = Vec::new();
    if let Some(doubt) = &check.doubt {
        views.push(View::Line(vec![Piece::toned(Tone::Warn, doubt.clone())]));
    }
    if check.image.measured.is_some() {
        rows.push(row(&check.image));
    }
    rows.extend(check.sent.iter().chain(&check.lines).map(row));
    let head = match check.kind {
        EvidenceKind::Log => ["Line", "Estimated to take", "Took", "Verdict"],
        _ => ["Line", "Estimated", "Measured", "Verdict"],
    };
    views.push(View::Table {
        caption: format!("The estimate against {}", check.kind.title()),
        head: head.map(String::from).into(),
        rows,
    });
    let sections = [("What was off", &check.off), ("What fits nothing", &check.remarks)];
    for (title, sentences) in sections {
        if !sentences.is_empty() {
            let children = vec![View::List(sentences.clone())];
            views.push(View::Section { title: title.into(), children });
        }
    }
    let taken = &check.taken;
    let took = |it: &&CheckedLine| {
        it.line.zip(it.milliseconds).is_some_and(|time| taken.times.contains(&time))
    };
    let times = check.lines.iter().filter(took);
    let times: Vec<_> =
        times.filter_map(|line| Some((line.instruction.clone(), line.milliseconds?))).collect();
    if !(taken.image_sizes.is_empty() && taken.assumed_sizes.is_empty() && times.is_empty()) {
        let act = Act::Type {
            image_sizes: taken.image_sizes.clone(),
            assumed_sizes: taken.assumed_sizes.clone(),
            times,
        };
        views.push(View::Buttons(vec![Piece::button("Take the truth over", act)]));
    }
    views
}

fn row(line: &CheckedLine) -> Vec<Piece> {
    let instruction: String = line.instruction.chars().take(80).collect();
    let place = match line.line {
        None => Piece::of(instruction),
        Some(number) => Piece::button(format!("{number} {instruction}"), Act::Reveal(number)),
    };
    let estimate = match (&line.estimate, &line.time) {
        (Some(estimate), _) => format::size_with_range(estimate),
        (None, Some(time)) if time.low == time.high => describe_time(time.likely),
        (None, Some(time)) => format!("≈ {}", describe_duration(time)),
        (None, None) => String::new(),
    };
    let measured = match (line.measured, line.milliseconds) {
        (Some(size), _) => Bytes(size.bytes).to_string(),
        (None, Some(time)) => describe_time(time),
        (None, None) if line.cached => "from the cache".to_owned(),
        (None, None) => String::new(),
    };
    let verdict = match line.verdict {
        Verdict::Within => Piece::toned(Tone::Good, "✓ within"),
        Verdict::Less => Piece::toned(Tone::Bad, "estimated too much"),
        Verdict::More => Piece::toned(Tone::Bad, "estimated too little"),
        Verdict::NotEstimated => Piece::toned(Tone::Quiet, "was not known"),
        Verdict::NotMeasured => Piece::of(""),
    };
    vec![place, Piece::of(estimate), Piece::of(measured), verdict]
}
