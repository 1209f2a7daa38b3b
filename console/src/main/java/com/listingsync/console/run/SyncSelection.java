package com.listingsync.console.run;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.setting.SettingsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which feeds a run is to read. Immutable and pure.
 *
 * <p>A feed of an MLS is in when its connection's view is one of {@code views} and its kind one of {@code entities}, where
 * none named means all of them; but when only sheets are named, no MLS is in, and when only MLS feeds are, no sheet. Names and
 * owners narrow whatever that leaves. Nothing named at all is everything.
 *
 * @param views views of MLS connections
 * @param entities kinds of MLS feeds
 * @param sheets whether spreadsheets were named
 * @param names connections, as {@code NAME} or {@code NAME/FEED}
 * @param owners owners of connections
 */
public record SyncSelection(
        Set<View> views, Set<Entity> entities, boolean sheets, List<String> names, List<String> owners) {

    public SyncSelection {
        views = Set.copyOf(views);
        entities = Set.copyOf(entities);
        names = List.copyOf(names);
        owners = List.copyOf(owners);
    }

    /**
     * The feeds selected, as the cards of their connections with these feeds alone.
     *
     * @return at least one
     * @throws SettingsException when a name is not known, with those that are, or when nothing is left
     */
    public List<ConnectionCard> of(Collection<ConnectionCard> known) {
        requireKnown(known);
        List<ConnectionCard> selected = new ArrayList<>();
        for (ConnectionCard card : known) {
            List<FeedCard> feeds =
                    card.feeds().stream().filter(feed -> wants(card, feed)).toList();
            if (!feeds.isEmpty()) {
                selected.add(new ConnectionCard(card.name(), card.owner(), card.kind(), card.view(), feeds));
            }
        }
        if (selected.isEmpty()) {
            throw new SettingsException("these switches together select nothing; there are "
                    + known.stream().map(SyncSelection::described).collect(Collectors.joining("; ")));
        }
        return selected;
    }

    private boolean wants(ConnectionCard card, FeedCard feed) {
        return wantsKind(card, feed)
                && (owners.isEmpty() || owners.contains(card.owner()))
                && (names.isEmpty() || names.contains(card.name()) || names.contains(card.name() + "/" + feed.name()));
    }

    private boolean wantsKind(ConnectionCard card, FeedCard feed) {
        boolean mlsNamed = !views.isEmpty() || !entities.isEmpty();
        if (feed.entity().equals(Entity.SHEET.wireName())) {
            return sheets || !mlsNamed;
        }
        return (mlsNamed || !sheets)
                && (views.isEmpty()
                        || views.stream().anyMatch(view -> view.wireName().equals(card.view())))
                && (entities.isEmpty()
                        || entities.stream()
                                .anyMatch(entity -> entity.wireName().equals(feed.entity())));
    }

    private void requireKnown(Collection<ConnectionCard> known) {
        List<String> problems = new ArrayList<>();
        names.forEach(name -> problemWithName(name, known, problems));
        Set<String> knownOwners = known.stream()
                .map(ConnectionCard::owner)
                .filter(owner -> !owner.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String owner : owners) {
            if (!knownOwners.contains(owner)) {
                problems.add("--owner: there is no owner '" + owner + "'; "
                        + (knownOwners.isEmpty()
                                ? "no connection has one"
                                : "there are " + String.join(", ", knownOwners)));
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static void problemWithName(String name, Collection<ConnectionCard> known, List<String> problems) {
        int slash = name.indexOf('/');
        String connection = slash < 0 ? name : name.substring(0, slash);
        ConnectionCard card = known.stream()
                .filter(each -> each.name().equals(connection))
                .findFirst()
                .orElse(null);
        if (card == null) {
            problems.add("--connection: there is no connection '" + connection + "'; there are "
                    + known.stream().map(ConnectionCard::name).collect(Collectors.joining(", ")));
        } else if (slash >= 0
                && card.feeds().stream().noneMatch(feed -> feed.name().equals(name.substring(slash + 1)))) {
            problems.add("--connection: connection " + connection + " has no feed '" + name.substring(slash + 1)
                    + "'; it has "
                    + card.feeds().stream().map(FeedCard::name).collect(Collectors.joining(", ")));
        }
    }

    private static String described(ConnectionCard card) {
        return card.name() + " ("
                + (card.view().equals(View.NONE.wireName()) ? "" : card.view() + ": ")
                + card.feeds().stream().map(FeedCard::name).collect(Collectors.joining(", ")) + ")";
    }
}
