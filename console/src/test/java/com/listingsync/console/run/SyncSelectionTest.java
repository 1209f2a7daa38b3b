package com.listingsync.console.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.setting.SettingsException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SyncSelectionTest {

    private static final List<ConnectionCard> KNOWN = List.of(
            mls("a-idx", "acme", "idx"),
            mls("a-vow", "acme", "vow"),
            mls("b-mls", "best", "none"),
            new ConnectionCard(
                    "office",
                    "acme",
                    "google-sheets",
                    "none",
                    List.of(new FeedCard("Listings", "sheet"), new FeedCard("Rentals", "sheet"))));

    @Test
    void takesEverythingWhenNothingIsNamed() {
        assertThat(selected(views(), kinds(), false)).hasSize(3 * 3 + 2);
    }

    @Test
    void takesEveryFeedOfTheViewsNamed() {
        assertThat(selected(views(View.IDX), kinds(), false))
                .containsExactly("a-idx/property", "a-idx/media", "a-idx/rooms");
        assertThat(selected(views(View.IDX, View.VOW), kinds(), false)).hasSize(6);
    }

    @Test
    void takesFeedsOfEveryViewWhenNoneIsNamed() {
        assertThat(selected(views(), kinds(Entity.MEDIA), false))
                .containsExactly("a-idx/media", "a-vow/media", "b-mls/media");
    }

    @Test
    void takesTheFeedsNamedOfTheViewsNamed() {
        assertThat(selected(views(View.VOW), kinds(Entity.MEDIA, Entity.ROOMS), false))
                .containsExactly("a-vow/media", "a-vow/rooms");
    }

    @Test
    void takesSheetsAloneWhenOnlySheetsAreNamed() {
        assertThat(selected(views(), kinds(), true)).containsExactly("office/Listings", "office/Rentals");
    }

    @Test
    void takesSheetsBesideTheMlsFeedsNamed() {
        assertThat(selected(views(View.IDX), kinds(Entity.MEDIA), true))
                .containsExactly("a-idx/media", "office/Listings", "office/Rentals");
    }

    @Test
    void narrowsByConnectionFeedAndOwner() {
        assertThat(selected(views(), kinds(), false, List.of("a-vow", "office/Rentals"), List.of()))
                .containsExactly("a-vow/property", "a-vow/media", "a-vow/rooms", "office/Rentals");
        assertThat(selected(views(), kinds(Entity.MEDIA), false, List.of(), List.of("best")))
                .containsExactly("b-mls/media");
        assertThat(selected(views(), kinds(Entity.MEDIA), false, List.of("a-idx", "a-vow"), List.of("acme")))
                .containsExactly("a-idx/media", "a-vow/media");
    }

    @Nested
    class Refuses {

        @Test
        void aConnectionThatIsNotThereNamingThoseThatAre() {
            assertThatThrownBy(() -> selected(views(), kinds(), false, List.of("a-idy"), List.of()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(
                            "--connection: there is no connection 'a-idy'; there are a-idx, a-vow, b-mls, office");
        }

        @Test
        void aFeedThatTheConnectionDoesNotHave() {
            assertThatThrownBy(() -> selected(views(), kinds(), false, List.of("a-idx/openhouse"), List.of()))
                    .hasMessageContaining("connection a-idx has no feed 'openhouse'; it has property, media, rooms");
        }

        @Test
        void anOwnerThatIsNotThere() {
            assertThatThrownBy(() -> selected(views(), kinds(), false, List.of(), List.of("Acme")))
                    .hasMessageContaining("--owner: there is no owner 'Acme'; there are acme, best");
        }

        @Test
        void everyWrongNameAtOnce() {
            assertThatThrownBy(() -> selected(views(), kinds(), false, List.of("x", "y"), List.of("z")))
                    .isInstanceOfSatisfying(
                            SettingsException.class,
                            e -> assertThat(e.problems()).hasSize(3));
        }

        @Test
        void aSelectionOfNothing() {
            assertThatThrownBy(() -> selected(views(View.IDX), kinds(), false, List.of("a-vow"), List.of()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("these switches together select nothing; there are a-idx (idx: property")
                    .hasMessageContaining("b-mls (property, media, rooms)");
        }
    }

    private static List<String> selected(Set<View> views, Set<Entity> kinds, boolean sheets) {
        return selected(views, kinds, sheets, List.of(), List.of());
    }

    private static List<String> selected(
            Set<View> views, Set<Entity> kinds, boolean sheets, List<String> names, List<String> owners) {
        return new SyncSelection(views, kinds, sheets, names, owners)
                .of(KNOWN).stream()
                        .flatMap(card -> card.feeds().stream().map(feed -> card.name() + "/" + feed.name()))
                        .toList();
    }

    private static Set<View> views(View... views) {
        return Set.of(views);
    }

    private static Set<Entity> kinds(Entity... kinds) {
        return Set.of(kinds);
    }

    private static ConnectionCard mls(String name, String owner, String view) {
        return new ConnectionCard(
                name,
                owner,
                "mls",
                view,
                List.of(
                        new FeedCard("property", "property"),
                        new FeedCard("media", "media"),
                        new FeedCard("rooms", "rooms")));
    }
}
