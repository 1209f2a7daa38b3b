package com.listingsync.embedded.mls;

import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.Row;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.commons.api.http.HttpMethod;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.serializer.SerializerException;
import org.apache.olingo.server.api.serializer.SerializerResult;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.core.uri.parser.Parser;
import org.apache.olingo.server.core.uri.validator.UriValidator;

/** The OData service as one feed sees it: parse, select, write. Thread-safe. */
final class FeedService {
    private static final String JSON = "application/json;odata.metadata=minimal;charset=utf-8";
    private static final Pattern MAX_PAGE_SIZE = Pattern.compile("(?:odata\\.)?maxpagesize=(\\d{1,6})");

    private final OData odata = OData.newInstance();
    private final ServiceMetadata metadata;
    private final SampleWorld world;
    private final Feed feed;
    private final String service;
    private final int maxPageSize;
    private final PageJson json;
    private final Pager pager;

    /** @param service address without a slash at its end */
    FeedService(SampleWorld world, Feed feed, String service, MlsOptions options) {
        this.metadata = odata.createServiceMetadata(new FeedModel(feed), List.of());
        this.world = world;
        this.feed = feed;
        this.service = service;
        this.maxPageSize = options.maxPageSize();
        this.json = new PageJson(service, options.printedUnit());
        this.pager = new Pager(world, feed);
    }

    /** @param path below the service, percent-encoded, such as {@code /Property} */
    Reply answer(Request request, String path) throws IOException {
        try {
            Optional<String> token = Request.first(request.parameters(), "$skiptoken");
            Optional<Place> place = token.isPresent() ? Optional.of(Place.of(token.get())) : Optional.empty();
            UriInfo uri = parsed(path, place.map(Place::query).orElse(request.query()));
            Reply reply = switch (uri.getKind()) {
                case resource -> resource(request, new QueryReader(feed).read(uri.asUriInfoResource()), place);
                case metadata -> document(ContentType.APPLICATION_XML);
                case service -> document(ContentType.JSON);
                default -> throw ODataRefusal.unsupported("This kind of request");
            };
            return reply.with("OData-Version", "4.0");
        } catch (ODataRefusal refusal) {
            // Nothing is lost: the client is told what it did wrong.
            return Reply.of(refusal.status(), JSON, PageJson.error(refusal.code(), refusal.words()));
        }
    }

    private UriInfo parsed(String path, String query) throws ODataRefusal {
        try {
            // Some clients write a space as plus, which Olingo takes literally.
            UriInfo uri = new Parser(metadata.getEdm(), odata).parseUri(path, query.replace("+", "%20"), null, service);
            new UriValidator().validate(uri, HttpMethod.GET);
            return uri;
        } catch (ODataLibraryException e) {
            // Olingo's own words say which part of the address it does not take.
            String message = e.getTranslatedMessage(Locale.ENGLISH).getMessage();
            throw path.indexOf('/', 1) < 0 && !known(path)
                    ? new ODataRefusal(404, "NotFound", message)
                    : ODataRefusal.badRequest(message);
        }
    }

    private static boolean known(String path) {
        String name = path.isEmpty() ? "" : path.substring(1);
        int parenthesis = name.indexOf('(');
        return Resource.named(parenthesis < 0 ? name : name.substring(0, parenthesis))
                .isPresent();
    }

    private Reply resource(Request request, Query query, Optional<Place> resumed) throws IOException, ODataRefusal {
        if (query.countOnly()) {
            byte[] count = Long.toString(pager.count(query)).getBytes(StandardCharsets.UTF_8);
            return Reply.of(200, "text/plain; charset=utf-8", count);
        }
        if (query.key().isPresent()) {
            Row row = world.row(query.resource(), feed, query.key().get())
                    .orElseThrow(() -> new ODataRefusal(404, "NotFound", "The resource could not be found."));
            return Reply.of(200, JSON, json.entity(query, row));
        }
        Place place = resumed.orElseGet(() -> Place.beginning(query, request.query()));
        return Reply.of(200, JSON, json.page(query, pager.page(query, place, pageSize(request))));
    }

    private int pageSize(Request request) {
        Matcher wish = MAX_PAGE_SIZE.matcher(request.header("Prefer").orElse(""));
        return wish.find() ? Math.max(1, Math.min(maxPageSize, Integer.parseInt(wish.group(1)))) : maxPageSize;
    }

    private Reply document(ContentType type) throws IOException {
        try {
            SerializerResult result = type.equals(ContentType.JSON)
                    ? odata.createSerializer(ContentType.JSON).serviceDocument(metadata, service)
                    : odata.createSerializer(ContentType.APPLICATION_XML).metadataDocument(metadata);
            return new Reply(
                    200,
                    Map.of("Content-Type", type.toContentTypeString()),
                    result.getContent().readAllBytes());
        } catch (SerializerException e) {
            // Can't happen with a model that is ours; answered as a 500 and logged.
            throw new IOException("The model can't be written", e);
        }
    }
}
