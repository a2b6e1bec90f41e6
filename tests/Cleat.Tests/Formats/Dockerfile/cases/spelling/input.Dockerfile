	from	nginx:1	as	Web  
  FrOm redis:7
from "busybox:1"
FROM deb"ian":12
FROM ng\inx:2
FROM "q:'1'"
FROM nginx:1 # not a comment
FROMnot:this
BOGUS FROM not:that
FROM nginx:\$X
copy --from="node:22" a b
