FROM @BASE@
FROM %%BASE%%:1
FROM debian:@tag@
FROM debian:%%A%%-%%B%%
FROM debian:12
