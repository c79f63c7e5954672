//! What probes and hooks do.
//!
//! pkg/apis/core/validation/validation.go, validateHandler, validateExecAction, validateHTTPGetAction,
//! validateTCPSocketAction, validateGRPCAction, validateSleepAction, as of v1.37.

use crate::k8s::format::header_name;
use crate::k8s::objects::{ExecAction, Field, Handler, HttpGetAction, SleepAction};
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, flaws, optional_one_of, place_of, port_number};
use crate::k8s::validation::pod::Pod;
use crate::k8s::validation::{Context, ports};
use crate::k8s::{Reason, Topic};
use crate::text::Span;

/// What a probe does: it does not sleep.
pub(super) fn validate_probe(handler: Handler<'_>, at: At<'_>, context: &mut Context) {
    let mut first = None;
    validate_common(handler, &mut first, at, context);
    if let Some(grpc) = handler.grpc().filter(|grpc| is_first(&mut first, "grpc", grpc.key, at, context)) {
        let path = at.path.field("grpc");
        let path = path.field("port");
        match grpc.value.port() {
            Some(port) => port_number(port, &path, context),
            None => {
                context
                    .report(Reason::Invalid, &path, grpc.key, "`grpc` needs `port`, which is not set")
                    .about(Topic::Required);
            }
        }
    }
    at_least_one(first, at, context);
}

/// What a lifecycle hook does: it does not speak gRPC.
pub(super) fn validate_hook(handler: Handler<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let mut first = None;
    validate_common(handler, &mut first, at, context);
    let sleep = handler.sleep().filter(|_| context.enables(Gate::PodLifecycleSleepAction));
    if let Some(sleep) = sleep.filter(|sleep| is_first(&mut first, "sleep", sleep.key, at, context)) {
        validate_sleep(&sleep, pod, at, context);
    }
    at_least_one(first, at, context);
}

fn validate_common(handler: Handler<'_>, first: &mut Option<Span>, at: At<'_>, context: &mut Context) {
    if let Some(exec) = handler.exec().filter(|exec| is_first(first, "exec", exec.key, at, context)) {
        let path = at.path.field("exec");
        validate_exec(exec.value, At::new(&path, &exec), context);
    }
    if let Some(http) = handler.http_get().filter(|http| is_first(first, "httpGet", http.key, at, context)) {
        let path = at.path.field("httpGet");
        validate_http(http.value, At::new(&path, &http), context);
    }
    if let Some(tcp) = handler.tcp_socket().filter(|tcp| is_first(first, "tcpSocket", tcp.key, at, context)) {
        let path = at.path.field("tcpSocket");
        ports::number_or_name(tcp.value.port(), At::new(&path, &tcp), context);
    }
}

/// A second handler is refused, and not looked at.
fn is_first(first: &mut Option<Span>, name: &str, key: Span, at: At<'_>, context: &mut Context) -> bool {
    let Some(first) = *first else {
        *first = Some(key);
        return true;
    };
    let message = format_args!("only one action can be taken, and `{name}` is a second one");
    context.report(Reason::Forbidden, &at.path.field(name), key, message).beside(first).about(Topic::Contradiction);
    false
}

fn at_least_one(first: Option<Span>, at: At<'_>, context: &mut Context) {
    if first.is_none() {
        let message = "there is nothing to do: one of `exec`, `httpGet` and `tcpSocket` is needed";
        context.report(Reason::Required, at.path, at.key, message);
    }
}

fn validate_exec(exec: ExecAction<'_>, at: At<'_>, context: &mut Context) {
    if exec.command().is_none_or(|command| command.value.is_empty()) {
        let span = exec.command().map_or(at.key, |command| command.key);
        context.report(Reason::Required, &at.path.field("command"), span, "there is no command to run");
    }
}

fn validate_http(http: HttpGetAction<'_>, at: At<'_>, context: &mut Context) {
    ports::number_or_name(http.port(), at, context);
    optional_one_of(http.scheme(), &["HTTP", "HTTPS"], &at.path.field("scheme"), context);
    let Some(headers) = http.http_headers() else { return };
    // The server names the list.
    let path = at.path.field("httpHeaders");
    for (_, header) in headers.value.iter() {
        match header.value.name() {
            Some(name) => flaws(header_name(name.value), name, &path, context),
            None => {
                context
                    .report(Reason::Invalid, &path, header.key, "the header has no name")
                    .about(Topic::Required)
                    .once_for(());
            }
        }
    }
}

fn validate_sleep(sleep: &Field<'_, SleepAction<'_>>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let seconds = sleep.value.seconds();
    let value = seconds.map_or(0, |seconds| seconds.value);
    let least = i64::from(!context.enables(Gate::PodLifecycleSleepActionAllowZero));
    if (least..=pod.defaulted.grace_period).contains(&value) {
        return;
    }
    let span = seconds.map_or(sleep.key, |seconds| place_of(&seconds));
    let message = if value < least {
        format!("a sleep of {value} seconds is below the minimum, {least}")
    } else {
        format!("a sleep of {value} seconds outlasts `terminationGracePeriodSeconds`, {}", pod.defaulted.grace_period)
    };
    context.report(Reason::Invalid, &at.path.field("sleep"), span, message).about(Topic::OutOfRange);
}
