//! What an image costs every day: transfer, disk, registry. Plain arithmetic on its sizes, shown as
//! such, with prices that the person types.

mod price;

pub use price::Price;

use crate::report::cache::describe_time;
use crate::size::{Bytes, SizeEstimate};

/// What the arithmetic goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CostChoices {
    /// Mbit/s of a pull.
    pub bandwidth: u64,
    /// MB that a host unpacks a second.
    pub unpacking: u64,
    /// Pulls of a whole image a day, over all hosts and builds.
    pub pulls_a_day: u64,
    /// Hosts that keep the image.
    pub hosts: u64,
    /// Versions that the registry keeps.
    pub versions: u64,
    /// For a GB in the registry and a month.
    pub storage_price: Price,
    /// For a GB that is transferred.
    pub transfer_price: Price,
}

impl Default for CostChoices {
    /// A small team. The prices are round numbers of the order that large clouds list (0.10 a GB and
    /// month of registry, 0.01 to 0.09 a GB of transfer), and so is what one core unpacks of gzip a
    /// second; they stand for nobody's, so type your own.
    fn default() -> Self {
        Self {
            bandwidth: 100,
            unpacking: 100,
            pulls_a_day: 50,
            hosts: 10,
            versions: 30,
            storage_price: Price::of_millionths(100_000),
            transfer_price: Price::of_millionths(20_000),
        }
    }
}

/// One line of the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CostRow {
    /// What it is.
    pub title: &'static str,
    /// How it is reckoned, in words.
    pub how: String,
    /// The result; `None` where the size is not known.
    pub result: Option<String>,
}

/// Days that a month is reckoned with.
const DAYS: u64 = 30;

/// Reckons what an image of these sizes costs.
#[must_use]
pub fn reckon(
    image: &SizeEstimate,
    compressed: &SizeEstimate,
    choices: &CostChoices,
) -> Vec<CostRow> {
    let (disk, transfer) = (image.likely(), compressed.likely());
    let CostChoices { bandwidth, unpacking, pulls_a_day, hosts, versions, .. } = *choices;
    let CostChoices { storage_price, transfer_price, .. } = choices;
    let month = |bytes: Bytes| times(bytes, pulls_a_day.saturating_mul(DAYS));
    let row = |title, how, result: Option<String>| CostRow { title, how, result };
    let at = |bytes: Bytes, bytes_a_millisecond: u128| {
        u64::try_from(u128::from(bytes.0) / bytes_a_millisecond).unwrap_or(u64::MAX)
    };
    // 1 Mbit/s is 125 bytes a millisecond, 1 MB/s is a thousand.
    let pull = |bytes: Bytes| at(bytes, u128::from(bandwidth.max(1)) * 125);
    let unpack = |bytes: Bytes| at(bytes, u128::from(unpacking.max(1)) * 1000);
    let start = transfer.zip(disk).map(|(transfer, disk)| {
        let milliseconds = pull(transfer).saturating_add(unpack(disk));
        describe_time(milliseconds)
    });
    let time = |bytes: Bytes| describe_time(pull(bytes));
    vec![
        row(
            "A pull on a cold host",
            format!("compressed size at {bandwidth} Mbit/s"),
            transfer.map(time),
        ),
        row(
            "A start on a cold host",
            format!(
                "that pull, then size unpacked at {unpacking} MB/s; what the program itself takes \
                 to start comes on top"
            ),
            start,
        ),
        row("A push of every layer", format!("the same at {bandwidth} Mbit/s"), transfer.map(time)),
        row(
            "Transfer a month",
            format!("compressed size × {pulls_a_day} pulls a day × {DAYS} days"),
            transfer.map(|bytes| month(bytes).to_string()),
        ),
        row(
            "… at your price",
            format!("that × {} a GB", transfer_price.write()),
            transfer.map(|bytes| transfer_price.write_for(month(bytes))),
        ),
        row(
            "Disk on your hosts",
            format!("size × {hosts} hosts, one version each"),
            disk.map(|bytes| times(bytes, hosts).to_string()),
        ),
        row(
            "Registry",
            format!("compressed size × {versions} versions that share no layer"),
            transfer.map(|bytes| times(bytes, versions).to_string()),
        ),
        row(
            "… a month at your price",
            format!("that × {} a GB", storage_price.write()),
            transfer.map(|bytes| storage_price.write_for(times(bytes, versions))),
        ),
    ]
}

fn times(bytes: Bytes, factor: u64) -> Bytes {
    Bytes(bytes.0.saturating_mul(factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_is_what_it_says() {
        let (image, compressed) =
            (SizeEstimate::exact(1_000_000_000, "."), SizeEstimate::exact(400_000_000, "."));
        let rows = reckon(&image, &compressed, &CostChoices::default());
        let shown: Vec<String> = rows
            .iter()
            .map(|row| format!("{}: {}", row.title, row.result.clone().unwrap()))
            .collect();
        expect_test::expect![[r#"
            A pull on a cold host: 32 s
            A start on a cold host: 42 s
            A push of every layer: 32 s
            Transfer a month: 600 GB
            … at your price: 12.00
            Disk on your hosts: 10.0 GB
            Registry: 12.0 GB
            … a month at your price: 1.20"#]]
        .assert_eq(&shown.join("\n"));
    }

    #[test]
    fn what_is_not_known_costs_nobody_knows_what() {
        let unknown = SizeEstimate::unknown("?");
        let rows = reckon(&unknown, &unknown, &CostChoices::default());
        assert!(rows.iter().all(|row| row.result.is_none()));
    }

    #[test]
    fn the_largest_numbers_end_somewhere() {
        let huge = SizeEstimate::exact(u64::MAX, ".");
        let most = CostChoices {
            bandwidth: 0,
            unpacking: 0,
            pulls_a_day: u64::MAX,
            hosts: u64::MAX,
            versions: u64::MAX,
            storage_price: Price::of_millionths(u64::MAX),
            transfer_price: Price::of_millionths(u64::MAX),
        };
        assert!(reckon(&huge, &huge, &most).iter().all(|row| row.result.is_some()));
    }
}
