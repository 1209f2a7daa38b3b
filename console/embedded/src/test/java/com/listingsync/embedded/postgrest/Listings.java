package com.listingsync.embedded.postgrest;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows that the recorded requests carry, and the tables and functions that they meet. */
final class Listings {
    /** Inferred from the recordings; grants are spelled out so that it also fits a database without Supabase's defaults. */
    static final String SETUP = """
            drop table if exists guarded, versioned_listings, rls_t, property_listings cascade;
            create table property_listings (
              property_number text primary key, title text, price numeric, status text, updated_at timestamptz);
            create table guarded (
              id int primary key, name text not null, qty int check (qty >= 0), code text unique,
              ref text references property_listings, tag varchar(5), created_at timestamptz default now(), n int not null default 7);
            create table rls_t (id int primary key, owner text);
            alter table rls_t enable row level security;
            create table versioned_listings (
              property_number text primary key, title text, price numeric, status text, source_version bigint, updated_at timestamptz);
            create or replace function add_them(a int, b int) returns int language sql as 'select a + b';
            create or replace function upsert_if_newer(rows jsonb) returns int language sql as $$
              with written as (
                insert into public.versioned_listings
                select * from jsonb_populate_recordset(null::public.versioned_listings, rows)
                on conflict (property_number) do update set
                  title = excluded.title, price = excluded.price, status = excluded.status,
                  source_version = excluded.source_version, updated_at = excluded.updated_at
                where versioned_listings.source_version < excluded.source_version
                returning 1)
              select count(*)::int from written $$;
            create or replace function boom(code text) returns void language plpgsql as
              $$ begin raise exception using errcode = code, message = 'boom ' || code; end $$;
            create or replace function slow(secs float8) returns void language sql as 'select pg_sleep(secs)';
            grant all on property_listings, guarded, rls_t, versioned_listings to service_role;
            grant all on rls_t to anon, authenticated;
            grant select on property_listings to anon, authenticated;
            revoke insert, update, delete on property_listings from anon, authenticated;
            """;

    private Listings() {}

    /** The listing of that number at that price, spaced as the recording client spaced it. */
    static String listing(int i, String price) {
        return listing(i, price, "\"%s\"".formatted(updatedAt(i)));
    }

    static String listing(int i) {
        return listing(i, Integer.toString(100_000 + i));
    }

    static String listing(int i, String price, String updatedAt) {
        return "{\"property_number\": \"P%05d\", \"title\": \"House %d\", \"price\": %s, \"status\": \"FOR_SALE\", \"updated_at\": %s}"
                .formatted(i, i, price, updatedAt);
    }

    /** An array of the listings from the first to before the end. */
    static String listings(int first, int end) {
        return IntStream.range(first, end).mapToObj(Listings::listing).collect(Collectors.joining(", ", "[", "]"));
    }

    static String array(String... objects) {
        return "[" + String.join(", ", objects) + "]";
    }

    private static String updatedAt(int i) {
        return "2026-11-22T00:00:%02dZ".formatted(i % 60);
    }
}
