create table orders (
  id integer primary key,
  customer varchar(80) not null
);
