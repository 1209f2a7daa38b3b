package com.listingsync.console.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A {@code curl} of a page, and the answer that stands below it.
 *
 * @param method GET unless there is a body or another one is asked for, as curl has it
 * @param headers each as {@code Name: value}
 * @param body empty when nothing is sent
 * @param shown the answer as the page has it
 */
record PageCall(String method, String url, List<String> headers, String body, String shown) {

    private static final String PROGRAM = "curl ";

    /** The calls of a page, in its order; each must stand behind a prompt, so that what is answered can be told from it. */
    static List<PageCall> of(Path page) throws IOException {
        List<PageCall> calls = new ArrayList<>();
        for (String block : PageCommand.blocks(page)) {
            for (String step : block.split("(?m)^(?=\\$ )")) {
                int end = step.indexOf('\n');
                String line = step.substring(0, end).strip();
                if (line.startsWith(PageCommand.PROMPT + PROGRAM)) {
                    List<String> words = PageCommand.words(line);
                    calls.add(parsed(words.subList(2, words.size()), step.substring(end)));
                } else if (block.contains(PROGRAM)) {
                    throw new IllegalArgumentException(
                            "expected '" + PageCommand.PROMPT + PROGRAM + "…'; found " + line);
                }
            }
        }
        return calls;
    }

    /** As curl would send it, to where {@code binding} says, with what it says in place of the page's examples. */
    HttpRequest request(UnaryOperator<String> binding) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(binding.apply(url)))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(binding.apply(body)));
        headers.forEach(header -> {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], binding.apply(parts[1]));
        });
        return request.build();
    }

    /** Whether it may be repeated until the answer is as shown. */
    boolean isLook() {
        return method.equals("GET");
    }

    private static PageCall parsed(List<String> words, String shown) {
        String method = "";
        String url = "";
        String body = "";
        List<String> headers = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "-X" -> method = rest.next();
                case "-H" -> headers.add(rest.next());
                case "-d" -> body = rest.next();
                default -> {
                    if (word.startsWith("-") || !url.isEmpty()) {
                        throw new IllegalArgumentException("expected -X, -H, -d and one address; found " + word);
                    }
                    url = word;
                }
            }
        }
        String asked = method.isEmpty() ? (body.isEmpty() ? "GET" : "POST") : method;
        return new PageCall(asked, url, List.copyOf(headers), body, shown.strip());
    }
}
