package dev.pgai.contract.reliability;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A way to a server, on loopback. It counts the messages that a client sends, and cuts the connection at one of them.
 * The messages by which a connection begins and ends do not count.
 */
final class CuttingProxy implements AutoCloseable {

    enum Cut {
        /** The message does not reach the server. */
        BEFORE,
        /** The server has done what was asked, and nothing of its answer arrives. */
        ANSWER_LOST,
        /** Half of the answer arrives. */
        ANSWER_CUT
    }

    /**
     * What a client has sent.
     *
     * @param statement the statement that it has, or that came before it
     * @param isAnswered whether the server answers it, and what came before it
     */
    record Message(String statement, boolean isAnswered) {}

    private static final int PASSWORD = 'p';
    private static final int TERMINATE = 'X';
    private static final int QUERY = 'Q';
    private static final int PARSE = 'P';
    private static final int BIND = 'B';
    private static final int SYNC = 'S';
    private static final int READY = 'Z';

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private int at = -1;
    private Cut cut = Cut.BEFORE;
    private boolean forGood;
    private boolean counting = true;
    private boolean done;
    private List<Message> messages = new ArrayList<>();
    private String statement = "";

    CuttingProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    /**
     * Begins to count.
     *
     * @param message the number of the message at which the connection is cut, from 0; negative for never
     * @param forGood whether no connection is let through after that
     */
    synchronized void arm(int message, Cut how, boolean forGood) {
        this.at = message;
        this.cut = how;
        this.forGood = forGood;
        this.done = false;
        this.messages = new ArrayList<>();
        this.statement = "";
    }

    /** Whether the connection was cut. */
    synchronized boolean hasCut() {
        return done;
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** The statement at which it was cut, or the last one. */
    synchronized String statement() {
        return statement;
    }

    /** Connections through here, each of which begins without being counted. */
    PGSimpleDataSource dataSource(PGSimpleDataSource direct) {
        PGSimpleDataSource through = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                count(false);
                try {
                    return super.getConnection();
                } finally {
                    count(true);
                }
            }
        };
        through.setServerNames(new String[] {"127.0.0.1"});
        through.setPortNumbers(new int[] {listener.getLocalPort()});
        through.setDatabaseName(direct.getDatabaseName());
        through.setUser(direct.getUser());
        through.setPassword(direct.getPassword());
        through.setSslMode("disable");
        through.setGssEncMode("disable");
        through.setSocketTimeout(30);
        return through;
    }

    /** For who makes connections of its own, which count from their first statement on. */
    String url(PGSimpleDataSource direct) {
        return dataSource(direct).getURL();
    }

    /** Ends all connections, as the end of a client does. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private synchronized void count(boolean now) {
        counting = now;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            boolean closed;
            synchronized (this) {
                closed = done && forGood;
            }
            if (closed) {
                client.close();
            } else {
                start("requests", () -> serve(client));
            }
        }
    }

    private void serve(Socket client) throws IOException {
        open.add(client);
        try (client;
                Socket server = new Socket(host, port)) {
            open.add(server);
            // Else each small message waits for the one before it.
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Answers answers = new Answers(server, client);
            start("answers", answers::pass);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            int length = in.readInt();
            out.write(ByteBuffer.allocate(length)
                    .putInt(length)
                    .put(in.readNBytes(length - Integer.BYTES))
                    .array());
            Map<String, String> prepared = new HashMap<>();
            for (int type = in.read(); type >= 0; type = in.read()) {
                length = in.readInt();
                byte[] body = in.readNBytes(length - Integer.BYTES);
                Cut now = cutAt(type, body, prepared);
                if (now == Cut.BEFORE) {
                    return;
                }
                if (now != null) {
                    answers.cut(now);
                }
                out.write(message(type, body));
                if (now != null) {
                    answers.awaitEnd();
                    return;
                }
            }
        }
    }

    /** Null to let it through. */
    private synchronized @Nullable Cut cutAt(int type, byte[] body, Map<String, String> prepared) {
        if (!counting || done || type == PASSWORD || type == TERMINATE) {
            return null;
        }
        if (type == QUERY) {
            statement = text(body, 0);
        } else if (type == PARSE) {
            statement = text(body, text(body, 0).length() + 1);
            prepared.put(text(body, 0), statement);
        } else if (type == BIND) {
            statement = prepared.getOrDefault(text(body, text(body, 0).length() + 1), "");
        }
        boolean isAnswered = type == QUERY || type == SYNC;
        messages.add(new Message(statement, isAnswered));
        if (messages.size() - 1 != at) {
            return null;
        }
        done = true;
        return isAnswered ? cut : Cut.BEFORE;
    }

    private static byte[] message(int type, byte[] body) {
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put((byte) type)
                .putInt(Integer.BYTES + body.length)
                .put(body)
                .array();
    }

    private static String text(byte[] body, int start) {
        int end = start;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static final class Answers {

        private final Socket server;
        private final Socket client;
        private volatile @Nullable Cut cut;
        private final CountDownLatch ended = new CountDownLatch(1);

        Answers(Socket server, Socket client) {
            this.server = server;
            this.client = client;
        }

        void cut(Cut how) {
            cut = how;
        }

        void pass() throws IOException {
            try (client;
                    server) {
                DataInputStream in = new DataInputStream(server.getInputStream());
                OutputStream out = client.getOutputStream();
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                for (int type = in.read(); type >= 0; type = in.read()) {
                    int length = in.readInt();
                    byte[] body = in.readNBytes(length - Integer.BYTES);
                    OutputStream to = cut == null ? out : kept;
                    to.write(message(type, body));
                    if (cut != null && type == READY) {
                        if (cut == Cut.ANSWER_CUT) {
                            out.write(kept.toByteArray(), 0, kept.size() / 2);
                            out.flush();
                        }
                        return;
                    }
                }
            } finally {
                ended.countDown();
            }
        }

        void awaitEnd() throws IOException {
            try {
                ended.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A socket that is closed ends the work on it. */
    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side is gone.
                    }
                },
                "cutting-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
    }
}
