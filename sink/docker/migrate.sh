#!/bin/sh
# Applies the roles and then every migration that was not applied before, each in one transaction with the note that it was,
# in the table that the Supabase CLI keeps.
#   migrate.sh ROLES_FILE MIGRATIONS_FOLDER      (PGHOST, PGUSER, PGPASSWORD, AUTHENTICATOR_PASSWORD)
set -eu
# What is there already is no news.
export PGOPTIONS='-c client_min_messages=warning'
roles=$1
migrations=$2

sql() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "${PGDATABASE:-postgres}" "$@"
}

sql --file "$roles"
sql --set authenticator_password="$AUTHENTICATOR_PASSWORD" <<'SQL'
alter role authenticator password :'authenticator_password';
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
SQL

for file in "$migrations"/*.sql; do
  base=$(basename "$file" .sql)
  version=${base%%_*}
  name=${base#*_}
  applied=$(sql --tuples-only --no-align --set version="$version" <<'SQL'
select count(*) from supabase_migrations.schema_migrations where version = :'version';
SQL
  )
  if [ "$applied" = 0 ]; then
    echo "applying $base"
    {
      cat "$file"
      echo "insert into supabase_migrations.schema_migrations (version, name) values (:'version', :'name');"
      echo "notify pgrst, 'reload schema';"
    } | sql --single-transaction --set version="$version" --set name="$name" --file -
  fi
done
echo "the database is up to date"
