[{ "image": "${image}" }]
