-- The tables that Listing Sync keeps in step with MLS feeds and spreadsheets. See docs/schema.md.
--
-- Columns of synced tables are those of the default mapping (default-mapping.yaml in module common). Only keys and
-- row_version are not null: a delete may be the first thing that is ever heard of a row.

-- Refuses an update that is not newer: returns null, so that PostgreSQL leaves the row as it is and counts nothing written.
-- It is called only when the WHEN clause of its trigger found the row to be older, or the same again.
create function public.listing_sync_refuse_older() returns trigger
language plpgsql set search_path = '' as $$
begin
  return null;
end
$$;

create function public.listing_sync_touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end
$$;

revoke execute on function public.listing_sync_refuse_older(), public.listing_sync_touch_updated_at()
  from public, anon, authenticated;

create table public.properties (
  listing_key text primary key,
  listing_id text,
  status text,
  mls_status text,
  standard_status text,
  in_idx boolean,
  in_vow boolean,
  property_type text,
  property_sub_type text,
  transaction_type text,
  list_price numeric,
  original_list_price numeric,
  previous_list_price numeric,
  close_price numeric,
  close_date date,
  address text,
  unit_number text,
  unparsed_address text,
  city text,
  city_region text,
  county text,
  state_or_province text,
  postal_code text,
  country text,
  cross_street text,
  latitude numeric,
  longitude numeric,
  bedrooms_total bigint,
  bathrooms_total bigint,
  rooms_total bigint,
  living_area numeric,
  living_area_units text,
  lot_size_area numeric,
  lot_size_units text,
  lot_size_dimensions text,
  year_built bigint,
  stories_total bigint,
  parking_total bigint,
  garage_spaces numeric,
  architectural_style text[],
  basement text[],
  cooling text[],
  heating text[],
  interior_features text[],
  exterior_features text[],
  pool_features text[],
  waterfront boolean,
  new_construction boolean,
  association_fee numeric,
  association_fee_frequency text,
  tax_annual_amount numeric,
  tax_year bigint,
  public_remarks text,
  virtual_tour_url text,
  photos_count bigint,
  days_on_market bigint,
  list_agent_key text,
  list_agent_name text,
  list_office_key text,
  list_office_name text,
  originating_system text,
  internet_address_display boolean,
  internet_entire_listing_display boolean,
  listing_contract_date date,
  expiration_date date,
  on_market_date date,
  original_entry_at timestamptz,
  major_change_at timestamptz,
  photos_changed_at timestamptz,
  modified_at timestamptz,
  connection text,
  run_id text,
  deleted_at timestamptz,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.media (
  media_key text primary key,
  listing_key text references public.properties (listing_key) on delete cascade,
  media_object_id text,
  media_url text,
  media_type text,
  media_category text,
  size_description text,
  "order" numeric,
  preferred boolean,
  short_description text,
  long_description text,
  image_width bigint,
  image_height bigint,
  modified_at timestamptz,
  connection text,
  run_id text,
  deleted_at timestamptz,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.property_rooms (
  room_key text primary key,
  listing_key text references public.properties (listing_key) on delete cascade,
  room_type text,
  room_level text,
  room_length numeric,
  room_width numeric,
  room_area numeric,
  room_units text,
  room_dimensions text,
  room_features text[],
  description text,
  modified_at timestamptz,
  connection text,
  run_id text,
  deleted_at timestamptz,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.open_houses (
  open_house_key text primary key,
  listing_key text references public.properties (listing_key) on delete cascade,
  open_house_id text,
  status text,
  type text,
  open_house_date date,
  starts_at timestamptz,
  ends_at timestamptz,
  remarks text,
  livestream_url text,
  appointment_required boolean,
  modified_at timestamptz,
  connection text,
  run_id text,
  deleted_at timestamptz,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.property_listings (
  property_number text primary key,
  mls_listing_key text,
  title text,
  address text,
  city text,
  price numeric,
  bedrooms bigint,
  bathrooms numeric,
  agent text,
  listed_on date,
  notes text,
  status text,
  sheet_status text,
  status_source text,
  details jsonb,
  connection text,
  run_id text,
  deleted_at timestamptz,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.listing_status_history (
  id text primary key,
  listing_key text,
  from_status text,
  to_status text,
  changed_at timestamptz,
  seen_at timestamptz,
  source text,
  connection text,
  action text,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.listing_posts (
  id uuid primary key default gen_random_uuid(),
  listing_key text not null,
  platform text not null,
  external_id text not null,
  owner text,
  status text not null default 'published',
  published_at timestamptz not null default now(),
  unpublished_at timestamptz,
  failure_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.sync_state (
  id text primary key,
  sync_type text,
  status text,
  started_at timestamptz,
  completed_at timestamptz,
  total_items bigint,
  success_count bigint,
  failed_count bigint,
  skipped_count bigint,
  error_details jsonb,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.sync_log (
  id text primary key,
  run_id text,
  connection text,
  feed text,
  status text,
  started_at timestamptz,
  finished_at timestamptz,
  fetched bigint,
  skipped bigint,
  parked bigint,
  written bigint,
  unchanged bigint,
  refused bigint,
  details jsonb,
  row_version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- What apps read by. Lists of listings leave deleted rows out, so their indexes do too; children are found by listing, and
-- their index holds every row because a purge of the listing needs it.
create index properties_status_idx on public.properties (status) where deleted_at is null;
create index properties_city_idx on public.properties (city, list_price) where deleted_at is null;
create index properties_list_price_idx on public.properties (list_price) where deleted_at is null;
create index properties_modified_at_idx on public.properties (modified_at desc) where deleted_at is null;
create index properties_listing_id_idx on public.properties (listing_id);
create index media_listing_key_idx on public.media (listing_key, "order");
create index property_rooms_listing_key_idx on public.property_rooms (listing_key);
create index open_houses_listing_key_idx on public.open_houses (listing_key, starts_at);
create index property_listings_status_idx on public.property_listings (status) where deleted_at is null;
create index property_listings_city_idx on public.property_listings (city, price) where deleted_at is null;
create index property_listings_price_idx on public.property_listings (price) where deleted_at is null;
create index property_listings_mls_listing_key_idx on public.property_listings (mls_listing_key);
create index listing_status_history_listing_key_idx on public.listing_status_history (listing_key, changed_at desc);
create index listing_posts_listing_key_idx on public.listing_posts (listing_key, status);
create unique index listing_posts_external_id_idx on public.listing_posts (platform, external_id);
create index sync_state_started_at_idx on public.sync_state (started_at desc);
create index sync_log_run_id_idx on public.sync_log (run_id);

-- The guard comes first: triggers run in the order of their names, and a refused row is not touched either.
create trigger a_refuse_older before update on public.properties
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.properties
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.media
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.media
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.property_rooms
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.property_rooms
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.open_houses
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.open_houses
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.property_listings
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.property_listings
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.listing_status_history
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.listing_status_history
  for each row execute function public.listing_sync_touch_updated_at();
create trigger b_touch_updated_at before update on public.listing_posts
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.sync_state
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.sync_state
  for each row execute function public.listing_sync_touch_updated_at();
create trigger a_refuse_older before update on public.sync_log
  for each row when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older();
create trigger b_touch_updated_at before update on public.sync_log
  for each row execute function public.listing_sync_touch_updated_at();

-- Rights. Row-level security is on everywhere. service_role, which Listing Sync writes as, passes it; nobody else writes.
-- Signed-in users (authenticated) may read listings that are not deleted; anonymous visitors may read nothing, because VOW
-- data is for registered clients only. docs/schema.md shows the policy that opens IDX listings to everybody.
alter table public.properties enable row level security;
alter table public.media enable row level security;
alter table public.property_rooms enable row level security;
alter table public.open_houses enable row level security;
alter table public.property_listings enable row level security;
alter table public.listing_status_history enable row level security;
alter table public.listing_posts enable row level security;
alter table public.sync_state enable row level security;
alter table public.sync_log enable row level security;

revoke all on
  public.properties,
  public.media,
  public.property_rooms,
  public.open_houses,
  public.property_listings,
  public.listing_status_history,
  public.listing_posts,
  public.sync_state,
  public.sync_log
  from anon, authenticated;
grant select, insert, update, delete on
  public.properties,
  public.media,
  public.property_rooms,
  public.open_houses,
  public.property_listings,
  public.listing_status_history,
  public.listing_posts,
  public.sync_state,
  public.sync_log
  to service_role;
grant select on
  public.properties,
  public.media,
  public.property_rooms,
  public.open_houses,
  public.property_listings,
  public.listing_status_history
  to authenticated;
grant usage on schema public to authenticated, service_role;

create policy properties_read on public.properties for select to authenticated using (deleted_at is null);
create policy media_read on public.media for select to authenticated using (deleted_at is null);
create policy property_rooms_read on public.property_rooms for select to authenticated using (deleted_at is null);
create policy open_houses_read on public.open_houses for select to authenticated using (deleted_at is null);
create policy property_listings_read on public.property_listings for select to authenticated using (deleted_at is null);
create policy listing_status_history_read on public.listing_status_history for select to authenticated using (true);

comment on table public.properties is 'Listings of the MLS feeds. Written by Listing Sync.';
comment on column public.properties.listing_key is 'Key of the listing at its MLS.';
comment on column public.properties.listing_id is 'The listing''s public number (MLS number); may be missing.';
comment on column public.properties.status is 'Status decided by Listing Sync from standard and local status; what an app filters on.';
comment on column public.properties.mls_status is 'The board''s own status word.';
comment on column public.properties.standard_status is 'RESO StandardStatus as the MLS gave it.';
comment on column public.properties.in_idx is 'Whether the listing is in an IDX feed now: it may be advertised to anybody.';
comment on column public.properties.in_vow is 'Whether the listing is in a VOW feed now: registered clients only.';
comment on column public.properties.property_type is 'RESO PropertyType.';
comment on column public.properties.property_sub_type is 'RESO PropertySubType.';
comment on column public.properties.transaction_type is 'For sale or for lease, in the board''s words.';
comment on column public.properties.list_price is 'Asking price.';
comment on column public.properties.original_list_price is 'Asking price when first listed.';
comment on column public.properties.previous_list_price is 'Asking price before the last change.';
comment on column public.properties.close_price is 'Price it sold for; from VOW feeds only, registered clients only.';
comment on column public.properties.close_date is 'Day it sold; from VOW feeds only, registered clients only.';
comment on column public.properties.address is 'Street number, name and suffix.';
comment on column public.properties.unit_number is 'Unit within the building.';
comment on column public.properties.unparsed_address is 'Address in one piece, as the MLS gave it.';
comment on column public.properties.city is 'City.';
comment on column public.properties.city_region is 'Part of the city.';
comment on column public.properties.county is 'County or parish.';
comment on column public.properties.state_or_province is 'State or province.';
comment on column public.properties.postal_code is 'Postal code.';
comment on column public.properties.country is 'Country.';
comment on column public.properties.cross_street is 'Nearest crossing.';
comment on column public.properties.latitude is 'Degrees north.';
comment on column public.properties.longitude is 'Degrees east.';
comment on column public.properties.bedrooms_total is 'Bedrooms.';
comment on column public.properties.bathrooms_total is 'Bathrooms, whole.';
comment on column public.properties.rooms_total is 'Rooms.';
comment on column public.properties.living_area is 'Living area, in living_area_units.';
comment on column public.properties.living_area_units is 'Unit of living_area.';
comment on column public.properties.lot_size_area is 'Lot area, in lot_size_units.';
comment on column public.properties.lot_size_units is 'Unit of lot_size_area.';
comment on column public.properties.lot_size_dimensions is 'Lot dimensions as text.';
comment on column public.properties.year_built is 'Year it was built.';
comment on column public.properties.stories_total is 'Storeys.';
comment on column public.properties.parking_total is 'Parking spaces.';
comment on column public.properties.garage_spaces is 'Garage spaces; halves occur.';
comment on column public.properties.architectural_style is 'Architectural styles.';
comment on column public.properties.basement is 'Basement features.';
comment on column public.properties.cooling is 'Cooling.';
comment on column public.properties.heating is 'Heating.';
comment on column public.properties.interior_features is 'Interior features.';
comment on column public.properties.exterior_features is 'Exterior features.';
comment on column public.properties.pool_features is 'Pool features.';
comment on column public.properties.waterfront is 'Whether it is on the water.';
comment on column public.properties.new_construction is 'Whether it is newly built.';
comment on column public.properties.association_fee is 'Association fee.';
comment on column public.properties.association_fee_frequency is 'How often association_fee is due.';
comment on column public.properties.tax_annual_amount is 'Tax of tax_year.';
comment on column public.properties.tax_year is 'Year of tax_annual_amount.';
comment on column public.properties.public_remarks is 'Description for the public.';
comment on column public.properties.virtual_tour_url is 'Virtual tour.';
comment on column public.properties.photos_count is 'Photos, as the MLS counts them.';
comment on column public.properties.days_on_market is 'Days on market; from VOW feeds only, registered clients only.';
comment on column public.properties.list_agent_key is 'Key of the listing agent.';
comment on column public.properties.list_agent_name is 'Name of the listing agent.';
comment on column public.properties.list_office_key is 'Key of the listing office.';
comment on column public.properties.list_office_name is 'Name of the listing office; most boards want it shown.';
comment on column public.properties.originating_system is 'MLS that the record comes from.';
comment on column public.properties.internet_address_display is 'False: the seller forbids showing the address.';
comment on column public.properties.internet_entire_listing_display is 'False: the seller forbids showing the listing on the internet.';
comment on column public.properties.listing_contract_date is 'Day of the listing contract.';
comment on column public.properties.expiration_date is 'Day the listing contract ends.';
comment on column public.properties.on_market_date is 'Day it came on the market.';
comment on column public.properties.original_entry_at is 'When it was entered at the MLS.';
comment on column public.properties.major_change_at is 'When status or price last changed.';
comment on column public.properties.photos_changed_at is 'When its photos last changed.';
comment on column public.properties.modified_at is 'When its MLS last changed the record.';
comment on column public.properties.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.properties.run_id is 'Sync run that wrote the row last.';
comment on column public.properties.deleted_at is 'When the source deleted it; null while it exists.';
comment on column public.properties.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.properties.created_at is 'When the row was first written here.';
comment on column public.properties.updated_at is 'When the row was last changed here.';

comment on table public.media is 'Photos and documents of properties. Written by Listing Sync.';
comment on column public.media.media_key is 'Key of the medium at its MLS.';
comment on column public.media.listing_key is 'Listing the medium belongs to.';
comment on column public.media.media_object_id is 'Number or name of the medium within the listing.';
comment on column public.media.media_url is 'Where the file is.';
comment on column public.media.media_type is 'File type.';
comment on column public.media.media_category is 'Photo, document, video and so on.';
comment on column public.media.size_description is 'Which size of the photo this is.';
comment on column public.media."order" is 'Position among the listing''s media; decimals occur.';
comment on column public.media.preferred is 'Whether it is the listing''s main photo.';
comment on column public.media.short_description is 'Caption.';
comment on column public.media.long_description is 'Long caption.';
comment on column public.media.image_width is 'Pixels.';
comment on column public.media.image_height is 'Pixels.';
comment on column public.media.modified_at is 'When its MLS last changed the record.';
comment on column public.media.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.media.run_id is 'Sync run that wrote the row last.';
comment on column public.media.deleted_at is 'When the source deleted it; null while it exists.';
comment on column public.media.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.media.created_at is 'When the row was first written here.';
comment on column public.media.updated_at is 'When the row was last changed here.';

comment on table public.property_rooms is 'Rooms of properties. Written by Listing Sync.';
comment on column public.property_rooms.room_key is 'Key of the room at its MLS.';
comment on column public.property_rooms.listing_key is 'Listing the room belongs to.';
comment on column public.property_rooms.room_type is 'Kind of room.';
comment on column public.property_rooms.room_level is 'Floor.';
comment on column public.property_rooms.room_length is 'Length, in room_units.';
comment on column public.property_rooms.room_width is 'Width, in room_units.';
comment on column public.property_rooms.room_area is 'Area, in room_units.';
comment on column public.property_rooms.room_units is 'Unit of the room''s measures.';
comment on column public.property_rooms.room_dimensions is 'Measures as text.';
comment on column public.property_rooms.room_features is 'Features of the room.';
comment on column public.property_rooms.description is 'Description of the room.';
comment on column public.property_rooms.modified_at is 'When its MLS last changed the record.';
comment on column public.property_rooms.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.property_rooms.run_id is 'Sync run that wrote the row last.';
comment on column public.property_rooms.deleted_at is 'When the source deleted it; null while it exists.';
comment on column public.property_rooms.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.property_rooms.created_at is 'When the row was first written here.';
comment on column public.property_rooms.updated_at is 'When the row was last changed here.';

comment on table public.open_houses is 'Open houses of properties. Written by Listing Sync.';
comment on column public.open_houses.open_house_key is 'Key of the open house at its MLS.';
comment on column public.open_houses.listing_key is 'Listing the open house belongs to.';
comment on column public.open_houses.open_house_id is 'Public number of the open house.';
comment on column public.open_houses.status is 'Active, Ended, Canceled.';
comment on column public.open_houses.type is 'Public, for brokers, and so on.';
comment on column public.open_houses.open_house_date is 'Day.';
comment on column public.open_houses.starts_at is 'When it begins.';
comment on column public.open_houses.ends_at is 'When it ends.';
comment on column public.open_houses.remarks is 'What visitors should know.';
comment on column public.open_houses.livestream_url is 'Where it is streamed.';
comment on column public.open_houses.appointment_required is 'Whether visitors need an appointment.';
comment on column public.open_houses.modified_at is 'When its MLS last changed the record.';
comment on column public.open_houses.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.open_houses.run_id is 'Sync run that wrote the row last.';
comment on column public.open_houses.deleted_at is 'When the source deleted it; null while it exists.';
comment on column public.open_houses.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.open_houses.created_at is 'When the row was first written here.';
comment on column public.open_houses.updated_at is 'When the row was last changed here.';

comment on table public.property_listings is 'Rows of the listing spreadsheets. Written by Listing Sync.';
comment on column public.property_listings.property_number is 'Key of the sheet row, such as AA13226.';
comment on column public.property_listings.mls_listing_key is 'MLS listing this row is linked to; null when it is linked to none.';
comment on column public.property_listings.title is 'Title.';
comment on column public.property_listings.address is 'Address as the sheet says.';
comment on column public.property_listings.city is 'City.';
comment on column public.property_listings.price is 'Price.';
comment on column public.property_listings.bedrooms is 'Bedrooms.';
comment on column public.property_listings.bathrooms is 'Bathrooms; halves occur.';
comment on column public.property_listings.agent is 'Agent.';
comment on column public.property_listings.listed_on is 'Day it was listed.';
comment on column public.property_listings.notes is 'Notes.';
comment on column public.property_listings.status is 'Status an app filters on: the linked MLS listing''s, else the sheet''s.';
comment on column public.property_listings.sheet_status is 'Status as the sheet says.';
comment on column public.property_listings.status_source is 'Whether status comes from the sheet or from the linked MLS listing.';
comment on column public.property_listings.details is 'The whole sheet row as read, by header.';
comment on column public.property_listings.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.property_listings.run_id is 'Sync run that wrote the row last.';
comment on column public.property_listings.deleted_at is 'When the source deleted it; null while it exists.';
comment on column public.property_listings.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.property_listings.created_at is 'When the row was first written here.';
comment on column public.property_listings.updated_at is 'When the row was last changed here.';

comment on table public.listing_status_history is 'One row per status change of a listing. Written by Listing Sync.';
comment on column public.listing_status_history.id is 'Listing and row version of the change.';
comment on column public.listing_status_history.listing_key is 'Listing (MLS key, or property number of a sheet row).';
comment on column public.listing_status_history.from_status is 'Status before; null for a listing seen for the first time.';
comment on column public.listing_status_history.to_status is 'Status after.';
comment on column public.listing_status_history.changed_at is 'When it changed, by the source''s clock.';
comment on column public.listing_status_history.seen_at is 'When Listing Sync saw it.';
comment on column public.listing_status_history.source is 'What the new status comes from.';
comment on column public.listing_status_history.connection is 'Connection the row was read through, as named in connections.yaml.';
comment on column public.listing_status_history.action is 'What follows from the change, such as unpublish.';
comment on column public.listing_status_history.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.listing_status_history.created_at is 'When the row was first written here.';
comment on column public.listing_status_history.updated_at is 'When the row was last changed here.';

comment on table public.listing_posts is 'Social media posts about listings. Written by the app that posts; Listing Sync marks those it takes down.';
comment on column public.listing_posts.id is 'Key.';
comment on column public.listing_posts.listing_key is 'Listing that was posted: properties.listing_key or property_listings.property_number.';
comment on column public.listing_posts.platform is 'facebook, instagram or linkedin.';
comment on column public.listing_posts.external_id is 'Id of the post at its platform: page_post of Facebook, media id of Instagram, urn of LinkedIn.';
comment on column public.listing_posts.owner is 'Owner of the account it was posted with, as connections.yaml names them; null: the owner of the connection that the listing comes through.';
comment on column public.listing_posts.status is 'published, unpublished or unpublish_failed.';
comment on column public.listing_posts.published_at is 'When it was posted. A post made after a listing changed is not taken down for that change.';
comment on column public.listing_posts.unpublished_at is 'When it was taken down; null while it is up.';
comment on column public.listing_posts.failure_reason is 'Why it could not be taken down; null otherwise.';
comment on column public.listing_posts.created_at is 'When the row was first written here.';
comment on column public.listing_posts.updated_at is 'When the row was last changed here.';

comment on table public.sync_state is 'One row per sync run. Written by Listing Sync.';
comment on column public.sync_state.id is 'The run.';
comment on column public.sync_state.sync_type is 'What asked for the run.';
comment on column public.sync_state.status is 'running, completed, partial or failed.';
comment on column public.sync_state.started_at is 'When it began.';
comment on column public.sync_state.completed_at is 'When every fetched record was accounted for; null before.';
comment on column public.sync_state.total_items is 'Records fetched.';
comment on column public.sync_state.success_count is 'Records written or found unchanged.';
comment on column public.sync_state.failed_count is 'Records refused.';
comment on column public.sync_state.skipped_count is 'Records skipped.';
comment on column public.sync_state.error_details is 'What went wrong, by feed and code; null when nothing did.';
comment on column public.sync_state.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.sync_state.created_at is 'When the row was first written here.';
comment on column public.sync_state.updated_at is 'When the row was last changed here.';

comment on table public.sync_log is 'One row per feed of a sync run. Written by Listing Sync.';
comment on column public.sync_log.id is 'Run and feed.';
comment on column public.sync_log.run_id is 'The run; id of sync_state.';
comment on column public.sync_log.connection is 'Connection, as named in connections.yaml.';
comment on column public.sync_log.feed is 'Feed of the connection.';
comment on column public.sync_log.status is 'running, completed, partial or failed.';
comment on column public.sync_log.started_at is 'When its reading began.';
comment on column public.sync_log.finished_at is 'When its reading ended.';
comment on column public.sync_log.fetched is 'Records fetched.';
comment on column public.sync_log.skipped is 'Records skipped.';
comment on column public.sync_log.parked is 'Children waiting for their listing.';
comment on column public.sync_log.written is 'Rows written.';
comment on column public.sync_log.unchanged is 'Rows that were there already.';
comment on column public.sync_log.refused is 'Records refused: dead letters.';
comment on column public.sync_log.details is 'Counts by reason and code.';
comment on column public.sync_log.row_version is 'Version of the row; only grows, and an older row never replaces a newer one.';
comment on column public.sync_log.created_at is 'When the row was first written here.';
comment on column public.sync_log.updated_at is 'When the row was last changed here.';
