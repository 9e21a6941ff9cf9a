create table parcels (
  id serial primary key,
  recipient text not null,
  label text
)
