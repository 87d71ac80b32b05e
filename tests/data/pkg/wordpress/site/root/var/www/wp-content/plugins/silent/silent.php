<?php
/* Plugin Name: Silent */
