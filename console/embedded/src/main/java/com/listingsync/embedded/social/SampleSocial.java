package com.listingsync.embedded.social;

import com.listingsync.embedded.upstream.Faults;
import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Social media platforms on loopback that hold posts: the Graph API under {@code /vNN.N/} and LinkedIn's Posts API under {@code
 * /rest/posts/}, both deleting for good. {@code GET /posts} lists what is up. Thread-safe.
 *
 * <p>The bodies are those of Meta's and LinkedIn's public references.
 */
public final class SampleSocial implements AutoCloseable {

    /** The token of every account; the same in every run, so that it can stand in a connections file. */
    public static final String TOKEN = "sample-social-token";

    private static final int THREADS = 4;
    private static final Pattern GRAPH = Pattern.compile("/v\\d+\\.\\d+/([^/]+)");
    private static final Pattern LINKEDIN = Pattern.compile("/rest/posts/([^/]+)");

    private final LoopbackServer server;
    private final Set<String> posts = new ConcurrentSkipListSet<>();
    private final Map<String, AtomicInteger> deletions = new ConcurrentHashMap<>();

    /** Binds the port; {@link #start} answers. */
    public SampleSocial(String host, int port) {
        server = new LoopbackServer("sample social media", host, port, THREADS, this::answer);
    }

    public SampleSocial start() {
        server.start();
        return this;
    }

    /** Root of all platforms, without a slash at its end. */
    public URI uri() {
        return server.uri();
    }

    /** These posts are up now too. */
    public void publish(Collection<String> ids) {
        posts.addAll(ids);
    }

    /** Ids of the posts that are up. */
    public Set<String> posts() {
        return Set.copyOf(posts);
    }

    /** How often a deletion of this post was answered, whether it was up or not. */
    public int deletions(String id) {
        return deletions.getOrDefault(id, new AtomicInteger()).get();
    }

    public Faults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Request request) {
        if (request.path().equals("/posts") && request.method().equals("GET")) {
            return Reply.json(200, "[\"" + String.join("\",\"", posts) + "\"]");
        }
        Matcher linkedIn = LINKEDIN.matcher(request.path());
        if (linkedIn.matches()) {
            return linkedIn(request, URLDecoder.decode(linkedIn.group(1), StandardCharsets.UTF_8));
        }
        Matcher graph = GRAPH.matcher(request.path());
        if (graph.matches()) {
            return graph(request, graph.group(1));
        }
        return GraphErrors.unknownPath();
    }

    private Reply graph(Request request, String id) {
        if (!authorised(request)) {
            return GraphErrors.badToken();
        }
        return switch (request.method()) {
            case "GET" ->
                posts.contains(id) ? Reply.json(200, "{\"id\":\"" + id + "\"}") : GraphErrors.noSuchObject("get", id);
            case "DELETE" ->
                deleted(id) ? Reply.json(200, "{\"success\":true}") : GraphErrors.noSuchObject("delete", id);
            default -> GraphErrors.unknownPath();
        };
    }

    private Reply linkedIn(Request request, String urn) {
        if (!authorised(request)) {
            return LinkedInErrors.badToken();
        }
        if (request.header("LinkedIn-Version").isEmpty()) {
            return LinkedInErrors.noVersion();
        }
        if (!request.method().equals("DELETE")) {
            return LinkedInErrors.badMethod();
        }
        deleted(urn);
        // The same for a post that was deleted before: deletions are idempotent there.
        return new Reply(204, Map.of(), new byte[0]);
    }

    private boolean deleted(String id) {
        deletions.computeIfAbsent(id, each -> new AtomicInteger()).incrementAndGet();
        return posts.remove(id);
    }

    private static boolean authorised(Request request) {
        return request.bearerToken().filter(TOKEN::equals).isPresent();
    }
}
