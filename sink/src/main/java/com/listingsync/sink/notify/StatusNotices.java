package com.listingsync.sink.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.owner.Owner;
import com.listingsync.sink.owner.Owners;
import java.util.List;
import java.util.Optional;

/** What a status change is news to whom: to the owner of its connection, if they asked for its new status. Pure. */
final class StatusNotices {

    private final Owners owners;

    StatusNotices(Owners owners) {
        this.owners = owners;
    }

    List<Addressed> of(StatusChange change) {
        Optional<Owner> owner = owners.ofConnection(change.connection())
                .filter(each -> each.subscription().active())
                .filter(each -> each.subscription().statuses().contains(change.to()));
        return owner
                .map(each ->
                        new Addressed(new Subscriber(each.name(), each.subscription()), notice(change, each.name())))
                .stream()
                .toList();
    }

    private static Notice notice(StatusChange change, String owner) {
        ObjectNode data = Json.MAPPER
                .createObjectNode()
                .put("listing", change.listing())
                .put("from", change.from())
                .put("to", change.to())
                .put("changedAt", change.changedAt().map(Object::toString).orElse(null))
                .put("seenAt", change.seenAt().toString())
                .put("connection", change.connection())
                .put("owner", owner);
        String what = "Listing " + change.listing() + " is " + words(change.to());
        return new Notice(
                Notice.idOf(
                        "status",
                        change.listing(),
                        change.from(),
                        change.to(),
                        change.seenAt().toString(),
                        owner),
                Notice.STATUS_CHANGED,
                change.at(),
                data,
                what,
                what + " (before: " + words(change.from()) + ") since " + change.at() + ".\nRead through connection "
                        + change.connection() + ".\n");
    }

    private static String words(String status) {
        return status.replace('_', ' ');
    }
}
