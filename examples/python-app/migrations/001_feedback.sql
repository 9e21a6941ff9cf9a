create table feedback (
  id serial primary key,
  message text not null,
  state text not null default 'new'
)
