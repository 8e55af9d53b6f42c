-- Pods of the release before go on without it.
alter table orders add status varchar(20);
