<?php
//Plugin Name:Loader
@Version:	2.0*/