create table orders (
  id uuid primary key,
  item text not null,
  placed_at timestamptz not null default now()
);
