<?php

require __DIR__ . '/../vendor/autoload.php';

Bookshelf\Books::open()->migrate();
echo "The table books is there\n";
