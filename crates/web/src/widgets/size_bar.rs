//! A bar as long as a size is large, with the uncertain end lighter.

use yew::{Html, classes, html};

/// Length of a full bar in the drawing's own units.
const FULL: u64 = 1000;

/// The sizes a bar shows, all in one unit.
#[derive(Clone, Copy, Debug)]
pub struct SizeBar {
    /// The least it can be.
    pub low: u64,
    /// The most probable; `None` when only `low` is known.
    pub likely: Option<u64>,
    /// The most it can be; `None` when only `low` is known.
    pub high: Option<u64>,
    /// What a full bar stands for.
    pub whole: u64,
}

/// Draws a bar: solid to the likely size, light to the highest, and with an open end when only a
/// lower bound is known. It repeats numbers written beside it, so it is hidden from readers.
pub fn size_bar(sizes: SizeBar) -> Html {
    let solid = length(sizes.likely.unwrap_or(sizes.low), sizes.whole);
    let light = sizes.high.map_or(solid, |high| length(high, sizes.whole));
    let low = length(sizes.low, sizes.whole);
    let open = sizes.likely.is_none();
    html! {
        <svg
            class={classes!("size-bar", open.then_some("size-bar-open"))}
            viewBox={format!("0 0 {FULL} 10")}
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <rect class="size-bar-ground" width={FULL.to_string()} height="10" />
            <rect class="size-bar-range" width={light.to_string()} height="10" />
            <rect class="size-bar-solid" width={solid.to_string()} height="10" />
            if low < solid {
                <rect
                    class="size-bar-low"
                    x={low.to_string()}
                    width={(solid - low).to_string()}
                    height="10"
                />
            }
        </svg>
    }
}

/// `part` of `whole` in the drawing's units; something always shows, and nothing passes the end.
fn length(part: u64, whole: u64) -> u64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let scaled = u128::from(part) * u128::from(FULL) / u128::from(whole);
    u64::try_from(scaled).unwrap_or(FULL).clamp(3, FULL)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_are_in_proportion_and_stay_in_the_bar() {
        for (part, whole, expected) in
            [(0, 10, 0), (5, 10, 500), (10, 10, 1000), (11, 10, 1000), (1, 1_000_000, 3), (1, 0, 0)]
        {
            assert_eq!(length(part, whole), expected, "{part} of {whole}");
        }
        assert_eq!(length(u64::MAX, u64::MAX), 1000);
    }
}
