# one default used whole and in part: the digest may not go into it
ARG IMG=nginx:1.27
FROM $IMG AS plain
FROM ${IMG}-alpine
ARG A=redis:7
FROM $A
