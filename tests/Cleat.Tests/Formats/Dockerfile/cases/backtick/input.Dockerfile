# escape=`
ARG T=1
FROM a:$T AS `
  win
FROM b:`$T
FROM `
c:1
RUN dir c:\
FROM d:1
