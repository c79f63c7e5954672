//! Probes and hooks of containers.

use super::IntOrString;
use super::collection::List;
use super::object::objects;

objects! {
    /// A check of a running container.
    Probe {
        /// In seconds.
        initial_delay_seconds: i32 = "initialDelaySeconds",
        /// In seconds.
        timeout_seconds: i32 = "timeoutSeconds",
        /// In seconds.
        period_seconds: i32 = "periodSeconds",
        success_threshold: i32 = "successThreshold",
        failure_threshold: i32 = "failureThreshold",
        /// In seconds.
        termination_grace_period_seconds: i64 = "terminationGracePeriodSeconds",
    }

    /// What runs when a container starts and stops.
    Lifecycle {
        post_start: Handler<'a> = "postStart",
        pre_stop: Handler<'a> = "preStop",
        stop_signal: &'a str = "stopSignal",
    }

    /// What a probe or a lifecycle hook does.
    Handler {
        exec: ExecAction<'a> = "exec",
        http_get: HttpGetAction<'a> = "httpGet",
        tcp_socket: TcpSocketAction<'a> = "tcpSocket",
        /// Only of a probe.
        grpc: GrpcAction<'a> = "grpc",
        /// Only of a lifecycle hook.
        sleep: SleepAction<'a> = "sleep",
    }

    /// A command in the container.
    ExecAction {
        command: List<'a, &'a str> = "command",
    }

    /// A web request.
    HttpGetAction {
        path: &'a str = "path",
        port: IntOrString<'a> = "port",
        host: &'a str = "host",
        scheme: &'a str = "scheme",
        http_headers: List<'a, HttpHeader<'a>> = "httpHeaders",
    }

    /// A header of a web request.
    HttpHeader {
        name: &'a str = "name",
        value: &'a str = "value",
    }

    /// A connection.
    TcpSocketAction {
        port: IntOrString<'a> = "port",
        host: &'a str = "host",
    }

    /// A call of the gRPC health service.
    GrpcAction {
        port: i32 = "port",
        service: &'a str = "service",
    }

    /// A pause.
    SleepAction {
        seconds: i64 = "seconds",
    }
}

impl<'a> Probe<'a> {
    /// What the probe does: its fields stand beside the probe's own.
    #[must_use]
    pub fn handler(&self) -> Handler<'a> {
        Handler::new(self.raw())
    }
}
