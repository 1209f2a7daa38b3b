package com.listingsync.producer.mls;

import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A server whose rows, manners and troubles are drawn by chance. Understands the queries that the reader makes. */
final class DrawnMls implements AutoCloseable {

    /**
     * How it behaves.
     *
     * @param stored grain of the stored clock, in microseconds
     * @param printed grain of the printed clock, in microseconds
     * @param rounding how the one becomes the other
     * @param comparesPrinted whether filters see the printed clock, while the order follows the stored one
     * @param pageLimit records of a page, whatever is asked for
     * @param links how it points to the next page
     * @param linkUses requests after which a link is forgotten
     */
    record Manners(
            long stored,
            long printed,
            RoundingMode rounding,
            boolean comparesPrinted,
            int pageLimit,
            Links links,
            int linkUses) {}

    enum Links {
        NONE,
        ABSOLUTE,
        RELATIVE
    }

    private final Manners manners;
    private final Random random;
    private final double troubled;
    private final Map<String, DrawnRow> rows = new TreeMap<>();
    private final Map<String, Link> issued = new HashMap<>();
    private final LoopbackServer server = new LoopbackServer("drawn MLS", LoopbackServer.LOOPBACK, 0, 2, this::answer);
    private Runnable meanwhile = () -> {};
    private boolean well;
    private boolean emptyBefore;
    private int requests;
    private final Map<String, Reply> lastPages = new HashMap<>();

    /** What a link stands for. */
    private record Link(List<DrawnRow> rest, int forgottenAt) {}

    /**
     * @param troubled share of the requests that meet trouble
     */
    DrawnMls(Manners manners, Random random, double troubled) {
        this.manners = manners;
        this.random = random;
        this.troubled = troubled;
        server.start();
    }

    URI uri() {
        return server.uri().resolve("/odata");
    }

    URI tokenUri() {
        return server.uri().resolve("/token");
    }

    synchronized void put(DrawnRow row) {
        rows.put(row.key(), row);
    }

    synchronized Map<String, DrawnRow> rows() {
        return new TreeMap<>(rows);
    }

    /** From now on without trouble and without change. */
    synchronized void settle() {
        well = true;
        meanwhile = () -> {};
    }

    /** What happens between two requests. */
    synchronized void meanwhile(Runnable change) {
        meanwhile = change;
    }

    /** The row as it is printed. */
    String print(DrawnRow row) {
        return row.json(manners.printed(), manners.rounding());
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized Reply answer(Request request) {
        if (request.path().equals("/token")) {
            return Reply.json(200, "{\"access_token\":\"t" + random.nextInt(1_000_000) + "\",\"expires_in\":3600}");
        }
        requests++;
        meanwhile.run();
        Map<String, List<String>> parameters = request.parameters();
        return !well && random.nextDouble() < troubled ? trouble(kind(parameters)) : page(parameters);
    }

    /** A page is given again only to who pages through the same: the feed by cursor, a drain by key, a chain of links. */
    private static String kind(Map<String, List<String>> parameters) {
        boolean probe = Request.first(parameters, "$top").equals(Optional.of("1"));
        String order = Request.first(parameters, "$orderby").orElse("link");
        String filter = Request.first(parameters, "$filter").orElse("");
        return probe ? "probe" : order.equals("ListingKey") ? filter.replaceFirst(" and ListingKey gt .*", ")") : order;
    }

    private Reply trouble(String kind) {
        boolean mayBeEmpty = !emptyBefore;
        emptyBefore = false;
        switch (random.nextInt(12)) {
            case 0:
                return new Reply(429, Map.of("Retry-After", "0"), new byte[0]);
            case 1:
                return new Reply(429, Map.of("X-Rate-Limit-Retry-After-Seconds", "0"), new byte[0]);
            case 2:
                return new Reply(429, Map.of("Retry-After", "Sun, 22 Nov 2020 08:00:00 GMT"), new byte[0]);
            case 3:
                return Reply.json(503, "{}");
            case 4:
                return Reply.json(401, "{}");
            case 5:
                server.faults().failNext(1, "/odata", Fault.dropped());
                return Reply.json(500, "{}");
            case 6:
                server.faults().failNext(1, "/odata", Fault.truncated());
                return Reply.json(500, "{}");
            case 7:
                server.faults().failNext(1, "/odata", Fault.slow(Duration.ofMillis(5)));
                return Reply.json(200, "<html><body>We'll be back soon</body></html>");
            case 8:
                return Reply.json(413, "{}");
            case 9:
                return Reply.json(200, "{\"@odata.context\":\"x\"}");
            case 10:
                emptyBefore = mayBeEmpty;
                return mayBeEmpty ? Reply.json(200, "{\"value\":[]}") : Reply.json(200, "");
            default:
                return lastPages.getOrDefault(kind, Reply.json(500, "{}"));
        }
    }

    private Reply page(Map<String, List<String>> parameters) {
        String token = Request.first(parameters, "$skiptoken").orElse("");
        List<DrawnRow> matching;
        if (token.isEmpty()) {
            matching = matching(parameters);
        } else if (issued.containsKey(token) && issued.get(token).forgottenAt() > requests) {
            matching = issued.get(token).rest();
        } else {
            return Reply.json(410, "{\"error\":{\"message\":\"expired\"}}");
        }
        int top = Request.first(parameters, "$top").map(Integer::parseInt).orElse(manners.pageLimit());
        List<DrawnRow> page = matching.subList(0, Math.min(matching.size(), Math.min(top, manners.pageLimit())));
        StringBuilder body = new StringBuilder("{");
        if (parameters.containsKey("$count")) {
            body.append("\"@odata.count\":").append(matching.size()).append(',');
        }
        body.append(page.stream().map(this::print).collect(Collectors.joining(",", "\"value\":[", "]")));
        if (manners.links() != Links.NONE && page.size() < matching.size()) {
            String next = "s" + issued.size();
            issued.put(
                    next,
                    new Link(
                            List.copyOf(matching.subList(page.size(), matching.size())),
                            requests + manners.linkUses()));
            String address = "Property?$skiptoken=" + next;
            body.append(",\"@odata.nextLink\":\"")
                    .append(manners.links() == Links.RELATIVE ? address : uri() + "/" + address)
                    .append('"');
        }
        Reply reply = Reply.json(200, body.append('}').toString());
        // The end of a chain in the place of its middle is an end to every reader.
        if (manners.links() == Links.NONE || body.indexOf("nextLink") > 0) {
            lastPages.put(kind(parameters), reply);
        }
        return reply;
    }

    private List<DrawnRow> matching(Map<String, List<String>> parameters) {
        Predicate<DrawnRow> filter =
                new DrawnFilter(Request.first(parameters, "$filter").orElse(""), this::compared).parse();
        Comparator<DrawnRow> byKey = Comparator.comparing(DrawnRow::key);
        boolean inKeyOrder = Request.first(parameters, "$orderby").orElse("").equals("ListingKey");
        return new ArrayList<>(rows.values().stream()
                .filter(filter)
                .sorted(
                        inKeyOrder
                                ? byKey
                                : Comparator.comparing(DrawnRow::micros).thenComparing(byKey))
                .toList());
    }

    private long compared(DrawnRow row) {
        return manners.comparesPrinted() ? row.printed(manners.printed(), manners.rounding()) : row.micros();
    }
}
