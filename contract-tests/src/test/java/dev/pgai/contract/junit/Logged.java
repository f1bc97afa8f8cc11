package dev.pgai.contract.junit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged until it is closed. */
record Logged(Logger logger, ListAppender<ILoggingEvent> seen) implements AutoCloseable {

    static Logged of(String name) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        return new Logged(logger, seen);
    }

    /** With their stack traces. */
    List<String> warnings() {
        return seen.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(event ->
                        event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(seen);
    }
}
