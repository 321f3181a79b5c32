DROP TABLE removal;
DROP TABLE audit;
DROP TABLE token;
