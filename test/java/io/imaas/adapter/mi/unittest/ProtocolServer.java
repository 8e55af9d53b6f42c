package io.imaas.adapter.mi.unittest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The unit-test server's documented protocol, with the JDK's own serialisation: one connection a suite, one thread a
 * connection, one string each way. What it answers, and how it fails to, is the test's to say.
 */
final class ProtocolServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** What the server does with a suite. */
    interface Behaviour {
        void serve(Suite suite, Socket connection) throws Exception;
    }

    /**
     * @param number which request of this server it is, from 1
     * @param xml as it came
     */
    record Suite(int number, String xml, List<String> cases) {}

    ProtocolServer(Behaviour behaviour) {
        this(behaviour, 0);
    }

    private ProtocolServer(Behaviour behaviour, int port) {
        this.behaviour = behaviour;
        try {
            this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "protocol-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** A server that passes every case but those named {@code fails…}. */
    static ProtocolServer wellBehaved() {
        return new ProtocolServer((suite, connection) -> reply(connection, passed(suite)));
    }

    /** Stands for {@code micro-integrator.sh}'s Java process. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = 9008;
        for (String argument : arguments) {
            if (argument.startsWith("-DsynapseTestPort=")) {
                port = Integer.parseInt(argument.substring("-DsynapseTestPort=".length()));
            }
        }
        try (ProtocolServer server = new ProtocolServer((suite, c) -> reply(c, passed(suite)), port)) {
            System.out.println(
                    "Synapse unit testing agent has been established on port " + server.socket.getLocalPort());
            Thread.sleep(120_000);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread handler = new Thread(() -> handle(connection), "protocol-server-connection");
                handler.setDaemon(true);
                handler.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket connection) {
        try (connection) {
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                String xml = (String) new ObjectInputStream(connection.getInputStream()).readObject();
                requests.add(xml);
                behaviour.serve(new Suite(requests.size(), xml, cases(xml)), connection);
            } finally {
                running.decrementAndGet();
            }
        } catch (Exception e) {
            // Like the real one, it logs and hangs up.
            return;
        }
    }

    static void reply(Socket connection, String json) throws IOException {
        ObjectOutputStream out = new ObjectOutputStream(connection.getOutputStream());
        out.writeObject(json);
        out.flush();
    }

    static byte[] serialised(Object object) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(object);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String passed(Suite suite) {
        return result(suite.cases().stream().map(ProtocolServer::caseResult).toList());
    }

    static String result(List<String> cases) {
        return "{\"deploymentStatus\":\"PASSED\",\"deploymentException\":null,\"mediationStatus\":\"PASSED\",\"testCases\":["
                + String.join(",", cases) + "]}";
    }

    static String caseResult(String name) {
        boolean fails = name.startsWith("fails");
        return "{\"testCaseName\":\"" + name + "\",\"mediationStatus\":\"PASSED\",\"assertionStatus\":\""
                + (fails ? "FAILED" : "PASSED") + "\"}";
    }

    private static List<String> cases(String xml) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        NodeList found = document.getElementsByTagName("test-case");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            names.add(((Element) found.item(i)).getAttribute("name"));
        }
        return names;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : List.copyOf(open)) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
