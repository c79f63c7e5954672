//! The rules of group `command`. Written by `cargo test --test rulebook`.

pub(super) mod arguments_after_script;
pub(super) mod carriage_return_in_script;
pub(super) mod command_in_one_string;
pub(super) mod comment_in_command;
pub(super) mod continuation_folded;
pub(super) mod count_printed_twice;
pub(super) mod curl_without_fail;
pub(super) mod deletes_after_failure;
pub(super) mod errexit_unset;
pub(super) mod error_only_printed;
pub(super) mod failure_discarded;
pub(super) mod failure_masked;
pub(super) mod never_ends;
pub(super) mod pipe_failure_lost;
pub(super) mod redirect_to_program;
pub(super) mod script_without_c;
pub(super) mod shell_operator_without_shell;
pub(super) mod status_read_late;
pub(super) mod timeout_beyond_deadline;
pub(super) mod wait_without_end;
pub(super) mod xargs_on_nothing;
