//! What nobody can answer here: what is random, what a clock, a network or a cluster says, and what is not worth
//! writing down until a chart for Jobs needs it.

use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::value::Value;

use Takes::{Any, Int, List, Map as Dict, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    // A cluster and the network.
    Function::new("lookup", &[Str, Str, Str, Str], unknown),
    Function::new("getHostByName", &[Str], unknown),
    // Chance.
    Function::new("randAlpha", &[Int], unknown),
    Function::new("randAlphaNum", &[Int], unknown),
    Function::new("randAscii", &[Int], unknown),
    Function::new("randBytes", &[Int], unknown),
    Function::new("randInt", &[Int, Int], unknown),
    Function::new("randNumeric", &[Int], unknown),
    Function::new("shuffle", &[Str], unknown),
    Function::new("uuidv4", &[], unknown),
    // Keys, certificates, passwords.
    Function::new("bcrypt", &[Str], unknown),
    Function::new("buildCustomCert", &[Str, Str], unknown),
    Function::new("decryptAES", &[Str, Str], unknown),
    Function::new("derivePassword", &[Any, Str, Str, Str, Str], unknown),
    Function::new("encryptAES", &[Str, Str], unknown),
    Function::new("genCA", &[Str, Int], unknown),
    Function::new("genCAWithKey", &[Str, Int, Str], unknown),
    Function::new("genPrivateKey", &[Str], unknown),
    Function::new("genSelfSignedCert", &[Str, List, List, Int], unknown),
    Function::new("genSelfSignedCertWithKey", &[Str, List, List, Int, Str], unknown),
    Function::new("genSignedCert", &[Str, List, List, Int, Any], unknown),
    Function::new("genSignedCertWithKey", &[Str, List, List, Int, Any, Str], unknown),
    Function::new("htpasswd", &[Str, Str], unknown),
    // Clocks, and what is made of their times.
    Function::new("ago", &[Any], unknown),
    Function::new("date", &[Str, Any], unknown),
    Function::new("dateInZone", &[Str, Any, Str], unknown),
    Function::new("dateModify", &[Str, Any], unknown),
    Function::new("date_in_zone", &[Str, Any, Str], unknown),
    Function::new("date_modify", &[Str, Any], unknown),
    Function::new("duration", &[Any], unknown),
    Function::new("durationRound", &[Any], unknown),
    Function::new("htmlDate", &[Any], unknown),
    Function::new("htmlDateInZone", &[Any, Str], unknown),
    Function::new("mustDateModify", &[Str, Any], unknown),
    Function::new("mustToDate", &[Str, Str], unknown),
    Function::new("must_date_modify", &[Str, Any], unknown),
    Function::new("now", &[], unknown),
    Function::new("toDate", &[Str, Str], unknown),
    Function::new("unixEpoch", &[Any], unknown),
    // Not written down.
    Function::new("fromToml", &[Str], unknown),
    Function::new("urlJoin", &[Dict], unknown),
    Function::new("urlParse", &[Str], unknown),
];

#[expect(clippy::unnecessary_wraps, reason = "it stands in a table of functions that may stop")]
fn unknown(_: &mut Call<'_>, _: &Arguments<'_>) -> Result<Value, Stop> {
    Ok(Value::unknown())
}
