<?php /* Plugin Name: Hello Dolly */
# version: 1.7.2 ?> Author: x
/* License : no */