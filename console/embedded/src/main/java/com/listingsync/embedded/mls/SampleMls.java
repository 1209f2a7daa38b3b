package com.listingsync.embedded.mls;

import com.listingsync.embedded.upstream.Faults;
import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Quota;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An MLS on loopback that serves a sample world as RESO Web API, one endpoint with two accounts, IDX and VOW. Thread-safe.
 *
 * <p>Each account has a static token, and client credentials for tokens that expire. The steps of an answer, in order:
 * token, quota, address, rows.
 */
public final class SampleMls implements AutoCloseable {
    private static final String SERVICE = "/odata";
    private static final String TOKEN = "/oauth2/token";
    /** Requests in work at once; two cores are busy with four, and slow clients may hold some. */
    private static final int THREADS = 8;

    private static final int REMEMBERED = 1_000;

    private final LoopbackServer server;
    private final Gate gate;
    private final Map<Feed, FeedService> services = new EnumMap<>(Feed.class);
    private final Deque<String> asked = new ArrayDeque<>();

    /** Binds the port; {@link #start} answers. */
    public SampleMls(SampleWorld world, MlsOptions options) {
        server = new LoopbackServer("sample MLS", options.host(), options.port(), THREADS, this::answer);
        gate = new Gate(options);
        for (Feed feed : Feed.values()) {
            services.put(feed, new FeedService(world, feed, uri().toString(), options));
        }
    }

    public SampleMls start() {
        server.start();
        return this;
    }

    /** The OData service's root, such as {@code http://127.0.0.1:8090/odata}. */
    public URI uri() {
        return server.uri().resolve(SERVICE);
    }

    /** The OAuth2 token endpoint. */
    public URI tokenUri() {
        return server.uri().resolve(TOKEN);
    }

    public String idxToken() {
        return staticToken(Feed.IDX);
    }

    public String vowToken() {
        return staticToken(Feed.VOW);
    }

    /** The feed's token that never expires; the same in every run, so that it can stand in a connections file. */
    public static String staticToken(Feed feed) {
        return "sample-" + feed.name().toLowerCase(Locale.ROOT) + "-token";
    }

    public static String clientId(Feed feed) {
        return "sample-" + feed.name().toLowerCase(Locale.ROOT) + "-client";
    }

    public static String clientSecret(Feed feed) {
        return "sample-" + feed.name().toLowerCase(Locale.ROOT) + "-secret";
    }

    /** Ends every token that the token endpoint issued, as an MLS does at times in mid-run. */
    public void revokeIssuedTokens() {
        gate.revokeIssuedTokens();
    }

    public Faults faults() {
        return server.faults();
    }

    public long requestCount() {
        return server.requestCount();
    }

    /** The last thousand requests for records, as path and decoded query, the oldest first. */
    public List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** From here on {@link #asked} begins anew. */
    public void forgetAsked() {
        synchronized (asked) {
            asked.clear();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Request request) throws IOException {
        if (request.path().equals(TOKEN)) {
            return gate.issue(request);
        }
        if (!request.path().equals(SERVICE) && !request.path().startsWith(SERVICE + '/')) {
            return Reply.json(404, "{\"error\":{\"code\":\"NotFound\",\"message\":\"Nothing is here\"}}");
        }
        Optional<Feed> feed = gate.feed(request);
        FeedService service = feed.map(services::get).orElse(null);
        if (service == null) {
            return gate.unauthorized();
        }
        Optional<Quota.Verdict> verdict = gate.counted();
        if (verdict.isPresent() && !verdict.get().allowed()) {
            return gate.tooMany(verdict.get());
        }
        if (!request.method().equals("GET")) {
            return Reply.json(405, "{\"error\":{\"code\":\"MethodNotAllowed\",\"message\":\"Only GET is offered\"}}");
        }
        remember(request);
        return gate.marked(service.answer(request, request.path().substring(SERVICE.length())), verdict);
    }

    private void remember(Request request) {
        synchronized (asked) {
            asked.addLast(request.path().substring(SERVICE.length()) + "?"
                    + URLDecoder.decode(request.query(), StandardCharsets.UTF_8));
            if (asked.size() > REMEMBERED) {
                asked.removeFirst();
            }
        }
    }
}
