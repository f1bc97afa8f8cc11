package dev.pgai.testkit.internal.server;

/** A server of one kind, which need not run yet. What it writes of itself is for logs, and has no password in it. */
public interface Server {

    /** Starts it, or connects to it, at the first call. */
    RunningServer running();
}
