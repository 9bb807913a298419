//! What `seq` prints.

use super::value::{ExpandedWord, Value};

/// Numbers that are listed; what further ones there are is not known.
const MOST_NUMBERS: usize = 101;

/// The numbers of `seq LAST`, `seq FIRST LAST` and `seq FIRST STEP LAST`, one a line; `None` where
/// they are no whole numbers or an option stands before them.
pub(super) fn count(arguments: &[ExpandedWord]) -> Option<Value> {
    let numbers: Option<Vec<i64>> =
        arguments.iter().map(|word| word.known()?.parse().ok()).collect();
    let (first, step, last) = match numbers?[..] {
        [last] => (1, 1, last),
        [first, last] => (first, 1, last),
        [first, step, last] if step != 0 => (first, step, last),
        _ => return None,
    };
    let mut value = Value::default();
    let mut next = Some(first);
    for at in 0..=MOST_NUMBERS {
        let Some(number) = next.filter(|it| if step > 0 { *it <= last } else { *it >= last })
        else {
            break;
        };
        if at > 0 {
            value.push_text("\n");
        }
        if at == MOST_NUMBERS {
            value.push_unknown();
        } else {
            value.push_text(&number.to_string());
        }
        next = number.checked_add(step);
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn printed(arguments: &str) -> Option<Value> {
        let word = |text: &str| ExpandedWord { value: Value::of(text), span: Span::at(0) };
        count(&arguments.split(' ').map(word).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_are_counted_up_and_down() {
        for (arguments, wanted) in [
            ("3", Some("1\n2\n3")),
            ("2 4", Some("2\n3\n4")),
            ("5 -2 1", Some("5\n3\n1")),
            ("3 1", Some("")),
            ("-w 3", None),
            ("1 0 3", None),
        ] {
            let value = printed(arguments);
            assert_eq!(value.as_ref().and_then(Value::known), wanted, "seq {arguments}");
        }
        assert!(printed("1 9999999999").is_some_and(|value| value.has_unknown()));
    }
}
