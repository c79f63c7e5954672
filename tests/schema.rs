//! The schema table is what its generator writes.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::process::Command;

#[test]
fn the_table_is_what_its_generator_writes() {
    let python = |args: &[&str]| Command::new("python3").args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    if !python(&["-c", "import kubernetes_validate"]).is_ok_and(|run| run.status.success()) {
        eprintln!("SKIPPED: python3 has no kubernetes_validate, from which src/k8s/schema/table.rs is generated");
        return;
    }

    let check = python(&["tests/oracle/schema.py", "--check"]).expect("python3 runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
