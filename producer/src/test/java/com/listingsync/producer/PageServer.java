package com.listingsync.producer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves pages that were rendered beforehand, with next to no work of its own, so that who reads them is what is measured.
 * A request whose query has {@code p=3} gets the fourth page, any other the first.
 */
final class PageServer implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("[?&]p=(\\d+)");

    private final ServerSocket socket;
    private final List<byte[]> pages;

    PageServer(List<byte[]> pages) {
        this.pages = List.copyOf(pages);
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/odata");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = client.getOutputStream()) {
            client.setTcpNoDelay(true);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Matcher matcher = PAGE.matcher(head.substring(0, head.indexOf('\r')));
                byte[] page = pages.get(matcher.find() ? Integer.parseInt(matcher.group(1)) : 0);
                String headers = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + page.length
                        + "\r\n\r\n";
                out.write(headers.getBytes(StandardCharsets.US_ASCII));
                out.write(page);
            }
        } catch (IOException e) {
            // The client is gone.
            return;
        }
    }

    /** A request up to its empty line; empty when the client is gone. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "page-server");
        thread.setDaemon(true);
        thread.start();
    }
}
