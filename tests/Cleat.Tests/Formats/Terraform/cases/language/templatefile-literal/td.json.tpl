[{ "name": "web", "image": "nginx:1.27", "port": ${port} }]
