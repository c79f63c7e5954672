//! Quantities are read, compared and written as Kubernetes does.

use std::collections::HashSet;

use super::{Quantity, QuantityError, Unit, nearest_quantity};

fn read(text: &str) -> Quantity<'_> {
    Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

#[test]
fn quantities_have_kubernetes_canonical_form() {
    for (text, canonical) in [
        ("1", "1"),
        ("0", "0"),
        ("1.5", "1500m"),
        ("1.5Gi", "1536Mi"),
        ("1024Ki", "1Mi"),
        ("1000", "1k"),
        ("1e3", "1e3"),
        ("1e0", "1e0"),
        ("+1", "+1"),
        ("1.", "1."),
        ("0.1n", "1n"),
        ("1000E", "1"),
        ("-1.5Gi", "-1536Mi"),
        ("0.5Ki", "512"),
        ("10Ei", "9223372036854775807"),
        (" 1Gi ", "1Gi"),
        ("m", "0"),
        (".", "0"),
        ("1.2345Mi", "1294467072m"),
        ("12345678901234567890", "12345678901234567890"),
        ("100000000000000000000", "100E"),
    ] {
        assert_eq!(read(text).canonical(), canonical, "{text}");
    }
}

/// Kubernetes' own answers; `tests/oracle/quantities` writes them.
#[test]
fn recorded_quantities_are_read_written_rounded_and_compared_as_by_kubernetes() {
    let mut last = Quantity::ZERO;
    let recorded = include_str!("../../../../fixtures/server/quantities.tsv");
    for line in recorded.lines().filter(|line| !line.starts_with('#')) {
        let (text, theirs) = line.split_once('\t').expect("a text and its answers");
        let mine = match Quantity::parse(text) {
            Ok(quantity) => {
                let thousandths = quantity.clone().round_up_to_milli().canonical();
                let (value, milli, sign) = (quantity.value(), quantity.milli_value(), quantity.sign());
                let beside = quantity.cmp(&last) as i8;
                let canonical = quantity.canonical();
                last = quantity;
                format!("{canonical}\t{thousandths}\t{value}\t{milli}\t{sign}\t{beside}")
            }
            Err(QuantityError::Form) => "form".to_owned(),
            Err(QuantityError::Number) => "number".to_owned(),
            Err(QuantityError::Suffix) => "suffix".to_owned(),
        };
        assert_eq!(mine, theirs, "{text}");
    }
}

#[test]
fn what_is_no_quantity_is_refused() {
    for (text, error) in [
        ("", QuantityError::Form),
        ("1 Gi", QuantityError::Form),
        ("1x", QuantityError::Form),
        ("100mb", QuantityError::Form),
        ("1GB", QuantityError::Form),
        ("1K", QuantityError::Suffix),
        ("1e", QuantityError::Suffix),
        ("1e99999999999999999999", QuantityError::Suffix),
        ("Ei", QuantityError::Number),
        ("1.2.3", QuantityError::Form),
        ("0x10", QuantityError::Form),
    ] {
        assert_eq!(Quantity::parse(text).map(|quantity| quantity.canonical()), Err(error), "{text}");
    }
}

#[test]
fn quantities_compare_as_numbers_whatever_their_spelling() {
    for (smaller, larger) in [
        ("1", "1001m"),
        ("-1", "0"),
        ("1023", "1Ki"),
        ("1e400", "1e401"),
        ("99999999999999999999", "1e20"),
        ("-2Ei", "-1Ei"),
        ("1n", "1u"),
    ] {
        assert!(read(smaller) < read(larger), "{smaller} {larger}");
        assert!(read(larger) > read(smaller), "{smaller} {larger}");
    }
    for (one, other) in
        [("1", "1000m"), ("1Ki", "1024"), ("0", "-0Gi"), ("1e3", "1k"), ("100000000000000000000", "1e20")]
    {
        assert!(read(one) == read(other), "{one} {other}");
    }
}

/// Those of lists of resources are compared as amounts, with all else of an object as text.
#[test]
fn amounts_are_spelled_alike_where_they_are_the_same_and_nowhere_else() {
    let groups: [&[&str]; 7] = [
        &["1", "1000m", "+1", "1e0"],
        &["1000E", "1e21", "1000000000000000000000", "1000000P", "1E21"],
        &["1000000E", "1e24"],
        &["1500m", "1.5", "1500e-3"],
        &["1Ki", "1024", "1.024k"],
        &["-1000E", "-1e21"],
        &["0", "0Gi", "0e21"],
    ];
    let spelled = |group: &&[&str]| -> Vec<String> { group.iter().map(|text| read(text).plain()).collect() };
    let spelled: Vec<Vec<String>> = groups.iter().map(spelled).collect();
    for (group, texts) in groups.iter().zip(&spelled) {
        assert!(texts.iter().all(|text| *text == texts[0]), "{group:?}: {texts:?}");
        for text in *group {
            assert!(read(&read(text).exact()) == read(text), "{text}");
        }
    }
    let different: HashSet<&String> = spelled.iter().map(|texts| &texts[0]).collect();
    assert_eq!(different.len(), groups.len(), "{spelled:?}");
}

#[test]
fn rounding_goes_away_from_zero() {
    assert_eq!(read("1n").round_up_to_milli().canonical(), "1m");
    assert_eq!(read("-1n").round_up_to_milli().canonical(), "-1m");
    assert_eq!(read("0.00000000001").round_up_to_milli().milli_value(), 1);
    assert_eq!((read("1500m").value(), read("1500m").milli_value()), (2, 1500));
    assert_eq!((read("-1500m").value(), read("1e30").value()), (-2, 0));
    assert_eq!(read("9.999999999Ki").round_up_to_milli().milli_value(), 10_239_999 + 1);
    assert_eq!(read("1e400").saturating_milli(), i128::MAX);
    assert_eq!(read("-1.5").saturating_milli(), -1500);
}

#[test]
fn hostile_numbers_cost_nothing() {
    let long = "9".repeat(100_000);
    assert!(read(&long) > read("1Ei"));
    assert!(read(&format!("0.{long}Ei")).sign() > 0);
    assert!(read("1e2147483647") > read(&long));
    assert!(read("1e2147483647").canonical().len() < 20);
}

#[test]
fn common_misspellings_have_a_nearest_quantity() {
    use Unit::{Bytes, Cores, Pieces};

    for (text, of, near) in [
        ("100mb", Bytes, "100M"),
        ("100MB", Bytes, "100M"),
        ("1 GiB", Bytes, "1Gi"),
        ("512 m", Bytes, "512M"),
        ("1ki", Bytes, "1Ki"),
        ("1K", Bytes, "1k"),
        ("1_000Mi", Bytes, "1000Mi"),
        ("500millicores", Cores, "500m"),
        ("2cores", Cores, "2"),
        ("100 m", Cores, "100m"),
        ("100mi", Cores, "100m"),
        ("0,5", Cores, "0.5"),
        ("1 ", Pieces, "1"),
    ] {
        assert_eq!(nearest_quantity(text, of).as_deref(), Some(near), "{text}");
    }
    for text in ["", "abc", "1xyz", "-"] {
        assert_eq!(nearest_quantity(text, Bytes), None, "{text}");
    }
    for (text, of) in [("1ki", Cores), ("1 K", Cores), ("1gi", Cores), ("2b", Cores), ("1mi", Pieces), ("1 m", Pieces)]
    {
        assert_eq!(nearest_quantity(text, of), None, "{text}");
    }
}
