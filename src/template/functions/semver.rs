//! Semantic versions: Sprig's `semver` and `semverCompare`.

mod constraint;
mod version;

use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::{Map, Value};
use constraint::Constraints;
use version::Version;

use Takes::Text as Str;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("semver", &[Str], semver),
    Function::new("semverCompare", &[Str, Str], |_, given| {
        let constraints = Constraints::read(given.text(0).as_str()).map_err(Stop::Failed)?;
        let version = Version::read(given.text(1).as_str()).map_err(Stop::failed)?;
        Ok(Value::bool(constraints.allow(&version)))
    }),
];

fn semver(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let written = given.text(0);
    let version = Version::read(written.as_str()).map_err(Stop::failed)?;
    let [major, minor, patch] = version.numbers.map(|number| Value::int64(number as i64));
    let printed = version.to_string();
    let fields = [
        ("Major", major),
        ("Minor", minor),
        ("Patch", patch),
        ("Prerelease", Value::computed(&version.prerelease)),
        ("Metadata", Value::computed(&version.metadata)),
        ("Original", Value::text(written)),
        ("String", Value::computed(&printed)),
    ];
    let fields: Map = fields.into_iter().map(|(name, value)| (Text::computed(name), value)).collect();
    Ok(Value::printed("*semver.Version", fields, &printed))
}
