package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.ConsoleApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request as a client without an HTTP library of ours writes it, byte by byte. */
final class RawCall {

    private RawCall() {}

    /** What a console says to a request after which nobody says anything, to its end or until it hangs up. */
    static String of(ConsoleApp app, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", app.api().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    answer.write(buffer, 0, n);
                }
            } catch (java.net.SocketException e) {
                // The server hangs up on what it does not want to read; what it said before counts.
                assertThat(answer.size()).isPositive();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
