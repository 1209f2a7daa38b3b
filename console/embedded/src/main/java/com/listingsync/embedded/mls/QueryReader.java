package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Field;
import com.listingsync.embedded.world.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.UriResourceEntitySet;
import org.apache.olingo.server.api.uri.UriResourceProperty;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;

/** Turns an address that Olingo has parsed into a {@link Query}, or refuses what this MLS does not offer. */
final class QueryReader {
    /** AMPRE: more is "not for replication" (facts.md §1). */
    private static final int LARGEST_SKIP = 100_000;

    private final Feed feed;

    QueryReader(Feed feed) {
        this.feed = feed;
    }

    Query read(UriInfoResource uri) throws ODataRefusal {
        List<UriResource> path = uri.getUriResourceParts();
        if (!(path.get(0) instanceof UriResourceEntitySet set) || path.size() > 2) {
            throw ODataRefusal.unsupported("This path");
        }
        boolean countOnly = path.size() == 2 && path.get(1) instanceof UriResourceCount;
        if (path.size() == 2 && !countOnly) {
            throw ODataRefusal.unsupported("A path below a resource");
        }
        Resource resource = Resource.named(set.getEntitySet().getName())
                .orElseThrow(() -> ODataRefusal.unsupported("This resource"));
        Map<String, Field> fields = new LinkedHashMap<>();
        Field.of(resource, feed).forEach(field -> fields.put(field.name(), field));
        int skip = uri.getSkipOption() == null ? 0 : uri.getSkipOption().getValue();
        if (skip > LARGEST_SKIP) {
            throw ODataRefusal.badRequest("$skip is at most 100000, not " + skip + ": page by timestamp and key");
        }
        if (uri.getExpandOption() != null || uri.getSearchOption() != null || uri.getApplyOption() != null) {
            throw ODataRefusal.unsupported("$expand, $search or $apply");
        }
        return new Query(
                resource,
                key(set),
                selected(uri, fields),
                uri.getSelectOption() != null,
                uri.getFilterOption() == null
                        ? new Term.Test(row -> true, Span.ALL)
                        : new FilterCompiler(resource, fields)
                                .compile(uri.getFilterOption().getExpression()),
                order(uri, fields),
                uri.getTopOption() == null
                        ? Integer.MAX_VALUE
                        : uri.getTopOption().getValue(),
                skip,
                uri.getCountOption() != null && uri.getCountOption().getValue(),
                countOnly);
    }

    private static Optional<String> key(UriResourceEntitySet set) {
        return set.getKeyPredicates().stream().findFirst().map(predicate -> {
            String text = predicate.getText();
            if (!text.startsWith("'")) {
                return "%019d".formatted(Long.parseLong(text));
            }
            return text.substring(1, text.length() - 1).replace("''", "'");
        });
    }

    private static List<Field> selected(UriInfoResource uri, Map<String, Field> fields) throws ODataRefusal {
        if (uri.getSelectOption() == null) {
            return List.copyOf(fields.values());
        }
        Map<String, Field> selected = new LinkedHashMap<>();
        for (SelectItem item : uri.getSelectOption().getSelectItems()) {
            if (item.isStar()) {
                return List.copyOf(fields.values());
            }
            Field field = field(item.getResourcePath().getUriResourceParts(), fields);
            selected.put(field.name(), field);
        }
        return List.copyOf(selected.values());
    }

    private static List<Query.Ordering> order(UriInfoResource uri, Map<String, Field> fields) throws ODataRefusal {
        List<Query.Ordering> order = new ArrayList<>();
        if (uri.getOrderByOption() != null) {
            for (OrderByItem item : uri.getOrderByOption().getOrders()) {
                if (!(item.getExpression() instanceof Member member)) {
                    throw ODataRefusal.unsupported("$orderby anything but a field");
                }
                order.add(new Query.Ordering(
                        field(member.getResourcePath().getUriResourceParts(), fields), item.isDescending()));
            }
        }
        return order;
    }

    private static Field field(List<UriResource> path, Map<String, Field> fields) throws ODataRefusal {
        Field field = path.get(0) instanceof UriResourceProperty property
                ? fields.get(property.getProperty().getName())
                : null;
        if (field == null) {
            throw ODataRefusal.unsupported("This path");
        }
        return field;
    }
}
