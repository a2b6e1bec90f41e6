image         = "redis:7.4"
from_settings = "postgres:17"
tag           = "1.28"
