-- The index of words is in the order of time here from the beginning; PostgreSQL's becomes so.
SELECT 1;
