package com.listingsync.console.trace;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Supabase, when it can be asked; remembers why it can't. Confined to one thread. */
final class Look implements AutoCloseable {

    private final @Nullable SupabaseLook supabase;
    private @Nullable String problem;

    private Look(@Nullable SupabaseLook supabase, @Nullable String problem) {
        this.supabase = supabase;
        this.problem = problem;
    }

    /** Looks into the project that this environment names, if it names one. */
    static Look of(Map<String, String> environment) {
        if (environment.getOrDefault("SUPABASE_URL", "").isBlank()) {
            return new Look(null, "SUPABASE_URL is not set");
        }
        SupabaseSettings settings = EnvRecords.read(SupabaseSettings.class, environment);
        Mapping mapping = Mapping.inForce(environment);
        return new Look(new SupabaseLook(new TableAccess(settings), mapping), null);
    }

    /** The row; empty when Supabase can't be asked. */
    Optional<Held> row(String row) {
        int slash = row.indexOf('/');
        return ask(look -> Optional.of(look.row(row.substring(0, slash), row.substring(slash + 1))));
    }

    Optional<String> listingOf(String key) {
        return ask(look -> look.listingOf(key));
    }

    /** The tables that a key alone can name a row of. */
    List<String> tablesOfKeys() {
        return supabase == null ? List.of() : supabase.tablesOfKeys();
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        if (supabase != null) {
            supabase.close();
        }
    }

    /** A question to Supabase. */
    private interface Question<T> {
        Optional<T> put(SupabaseLook look) throws AwayException;
    }

    private <T> Optional<T> ask(Question<T> question) {
        if (supabase == null || problem != null) {
            return Optional.empty();
        }
        try {
            return question.put(supabase);
        } catch (AwayException e) {
            // The story is told without it, and says so.
            problem = e.words();
            return Optional.empty();
        }
    }
}
