import { type Case, overrides } from '../case.ts';

/** Two files that say something of everything, and a third that takes some of it back. */
export const base = `name: qs-case
services:
  a:
    image: base
    command: [a, b]
    entrypoint: [e]
    environment: {A: "1", B: "2", C: }
    labels: [l1=1, l2=2]
    ports: ["80:80", "443:443"]
    expose: ["1000"]
    volumes: ["./x:/data", "v1:/v"]
    dns: 1.1.1.1
    dns_search: [a.com]
    tmpfs: [/t1]
    cap_add: [NET_ADMIN]
    networks: [n1]
    healthcheck: {test: [CMD, a], interval: 1s}
    logging: {driver: json-file, options: {a: "1"}}
    ulimits: {nofile: {soft: 1, hard: 2}, nproc: 1}
    extra_hosts: ["h=1.1.1.1"]
    security_opt: [a]
    secrets: [s1]
    deploy: {resources: {limits: {memory: 1g}}, labels: {x: y}}
    sysctls: {k: 1}
    devices: ["/dev/a:/dev/a"]
volumes: {v1: , v2: }
networks: {n1: , n2: }
secrets: {s1: {file: ./s1}, s2: {file: ./s2}}
`;

export const over = `services:
  a:
    image: over
    command: c
    environment: [A=9, D=4]
    labels: {l2: two, l3: 3}
    ports: ["80:80", "8080:80", {target: 443, published: "443", protocol: udp}]
    expose: [1000, 1001]
    volumes: ["v2:/data:ro"]
    dns: [1.1.1.1, 8.8.8.8]
    tmpfs: /t2:size=1m
    cap_add: [NET_ADMIN, SYS_TIME]
    networks: {n1: {aliases: [z]}, n2: }
    healthcheck: {interval: 2s}
    logging: {options: {b: "2"}}
    ulimits: {nofile: 5}
    extra_hosts: {h: 2.2.2.2}
    security_opt: [b]
    secrets: [{source: s2, target: s1}, s1]
    deploy: {resources: {limits: {cpus: "1"}}}
    sysctls: [k=2]
    devices: ["/dev/b:/dev/a"]
`;

export const reset = `services:
  a:
    ports: !override ["1:1"]
    environment: {B: !reset null}
    labels: !reset {}
    command: !reset null
    volumes: !reset []
    healthcheck: !override {test: [NONE]}
    deploy: !reset
`;

/** A file of one service with these attributes. */
export const one = (body: string): string => `name: qs-case\nservices:\n  a:\n    image: x\n    ${body}\n`;

/** Two files that say the same attribute of a service; the name is the attribute. */
export const both = (name: string, first: string, second: string, rest = ''): Case =>
  overrides(name, `${one(first)}${rest}`, one(second));
